package dev.penstock.sandbox.kubernetes.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.ResourceType;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.kubernetes.WatchSignal;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stands before another API and remembers what was asked of it: as the rules of the ClusterRole
 * that whoever asks needs, no more and no less.
 */
public final class RoleRecorder implements KubernetesApi {
  private static final String SYSTEM = "kube-system";
  private static final String MANIFEST =
      """
      # Written from the requests that the code makes, by a test, never by hand.
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: NAME
        namespace: penstock
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata:
        name: NAME
      rules:
      RULES
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata:
        name: NAME
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: NAME
      subjects:
        - kind: ServiceAccount
          name: NAME
          namespace: penstock
      """;

  private final KubernetesApi api;
  private final SortedMap<Thing, SortedSet<String>> verbs = new TreeMap<>();

  /** What a rule is about; {@code name} is empty for all of them. */
  private record Thing(String group, String resource, String name) implements Comparable<Thing> {
    @Override
    public int compareTo(Thing other) {
      return toString().compareTo(other.toString());
    }
  }

  public RoleRecorder(KubernetesApi api) {
    this.api = api;
  }

  /**
   * The manifest of an account in the namespace penstock, of its role, and of what binds the two;
   * all have this name.
   */
  public String manifest(String name) {
    return MANIFEST.replace("NAME", name).replace("RULES", rules().stripTrailing());
  }

  /** Resources of which the same is asked share a rule. */
  private String rules() {
    var rules = new TreeMap<String, SortedSet<String>>();
    verbs.forEach((thing, asked) ->
        rules.computeIfAbsent(rule(thing, asked), _ -> new TreeSet<>()).add(thing.resource()));
    return rules.entrySet().stream()
        .map(rule -> rule.getKey().formatted(quoted(rule.getValue())))
        .collect(Collectors.joining());
  }

  private static String rule(Thing thing, SortedSet<String> asked) {
    var names = thing.name().isEmpty() ? "" : "    resourceNames: [\"" + thing.name() + "\"]\n";
    return "  - apiGroups: [\"%s\"]\n    resources: [%s]\n%s    verbs: [%s]\n"
        .formatted(thing.group(), "%s", names, quoted(asked));
  }

  private static String quoted(SortedSet<String> words) {
    return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
  }

  /** What was asked, each as {@code verb group/resource}. */
  public SortedSet<String> asked() {
    var asked = new TreeSet<String>();
    verbs.forEach((thing, all) ->
        all.forEach(verb -> asked.add(verb + " " + thing.group() + "/" + thing.resource())));
    return asked;
  }

  private void ask(String verb, ResourceType type, String subresource, String name) {
    var slash = type.apiVersion().indexOf('/');
    var group = slash < 0 ? "" : type.apiVersion().substring(0, slash);
    var resource = subresource.isEmpty() ? type.plural() : type.plural() + "/" + subresource;
    verbs.computeIfAbsent(new Thing(group, resource, name), _ -> new TreeSet<>()).add(verb);
  }

  @Override
  public String clusterUid() throws KubernetesCallFailed {
    ask("get", ResourceType.of(ObjectKind.NAMESPACE), "", SYSTEM);
    return api.clusterUid();
  }

  @Override
  public ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed {
    ask("list", ResourceType.of(kind), "", "");
    return api.list(kind, limit, next);
  }

  @Override
  public WatchFeed feed() {
    return new Feed(api.feed());
  }

  @Override
  public JsonNode get(ResourceName name) throws KubernetesCallFailed {
    ask("get", name.type(), "", "");
    return api.get(name);
  }

  @Override
  public JsonNode create(ResourceName name, ObjectNode object) throws KubernetesCallFailed {
    ask("create", name.type(), "", "");
    return api.create(name, object);
  }

  @Override
  public JsonNode patch(ResourceName name, String subresource, ArrayNode patch)
      throws KubernetesCallFailed {
    ask("patch", name.type(), subresource, "");
    return api.patch(name, subresource, patch);
  }

  @Override
  public JsonNode apply(ResourceName name, String subresource, ObjectNode object)
      throws KubernetesCallFailed {
    ask("patch", name.type(), subresource, "");
    return api.apply(name, subresource, object);
  }

  @Override
  public void delete(ResourceName name, String uid) throws KubernetesCallFailed {
    ask("delete", name.type(), "", "");
    api.delete(name, uid);
  }

  @Override
  public void close() {
    api.close();
  }

  private final class Feed implements WatchFeed {
    private final WatchFeed feed;

    private Feed(WatchFeed feed) {
      this.feed = feed;
    }

    @Override
    public void open(ObjectKind kind, String resourceVersion) {
      ask("watch", ResourceType.of(kind), "", "");
      feed.open(kind, resourceVersion);
    }

    @Override
    public Optional<WatchSignal> poll() {
      return feed.poll();
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
      feed.await(atMost);
    }

    @Override
    public void close() {
      feed.close();
    }
  }
}
