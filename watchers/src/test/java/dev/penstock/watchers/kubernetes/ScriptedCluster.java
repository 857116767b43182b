package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesCallFailed;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.edges.kubernetes.ObjectPage;
import dev.penstock.edges.kubernetes.ResourceName;
import dev.penstock.edges.kubernetes.WatchFeed;
import dev.penstock.edges.kubernetes.WatchSignal;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A cluster in memory that says what a script wants: one thread, versions, a log of changes. */
final class ScriptedCluster implements KubernetesApi {
  private record Change(long version, ObjectKind kind, boolean deleted, ObjectNode object) {}

  private record Listing(List<ObjectNode> items, long version) {}

  String uid = "uid-1";
  boolean reachable = true;
  int calls;
  final Map<ObjectKind, KubernetesFault> refused = new EnumMap<>(ObjectKind.class);
  final Set<ObjectKind> brokenAfterOnePage = EnumSet.noneOf(ObjectKind.class);
  final Map<ObjectKind, Integer> opened = new EnumMap<>(ObjectKind.class);

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Listing> listings = new TreeMap<>();
  private final List<Feed> feeds = new ArrayList<>();
  private long version = 100;
  private long compacted;

  ObjectNode object(ObjectKind kind, String namespace, String name) {
    var object = JsonNodeFactory.instance.objectNode();
    object
        .putObject("metadata")
        .put("namespace", namespace)
        .put("name", name)
        .put("uid", "u-" + name);
    return object;
  }

  void put(ObjectKind kind, ObjectNode object) {
    version++;
    var stored = object.deepCopy();
    stored.withObject("/metadata").put("resourceVersion", Long.toString(version));
    objects.put(key(kind, stored), stored);
    changes.add(new Change(version, kind, false, stored));
  }

  void put(ObjectKind kind, String namespace, String name) {
    put(kind, object(kind, namespace, name));
  }

  /** Removes an object; with {@code seen}, its last state carries a deletion timestamp. */
  void remove(ObjectKind kind, String namespace, String name, boolean seen) {
    var last = objects.remove(key(kind, object(kind, namespace, name)));
    if (last == null) {
      return;
    }
    version++;
    last = last.deepCopy();
    last.withObject("/metadata").put("resourceVersion", Long.toString(version));
    if (seen) {
      last.withObject("/metadata").put("deletionTimestamp", "2026-01-02T03:04:05Z");
    }
    changes.add(new Change(version, kind, true, last));
  }

  /** Forgets all changes so far: every cursor is too old. */
  void compact() {
    compacted = version;
    listings.clear();
  }

  /** Ends all watches in the middle. */
  void cut() {
    feeds.forEach(Feed::cut);
  }

  /** Every object as {@code Kind/namespace/name@version}. */
  List<String> state() {
    return objects.entrySet().stream()
        .map(e -> e.getKey() + "@" + e.getValue().path("metadata").path("resourceVersion").asText())
        .toList();
  }

  @Override
  public String clusterUid() throws KubernetesCallFailed {
    answer();
    return uid;
  }

  @Override
  public ObjectPage list(ObjectKind kind, int limit, String next) throws KubernetesCallFailed {
    answer();
    if (refused.containsKey(kind)) {
      throw failure(refused.get(kind));
    }
    if (!next.isEmpty() && brokenAfterOnePage.contains(kind)) {
      throw failure(KubernetesFault.UNREACHABLE);
    }
    var parts = next.isEmpty() ? new String[] {kind.text() + version, "0"} : next.split(" ");
    if (next.isEmpty()) {
      listings.put(parts[0], new Listing(current(kind), version));
    }
    var listing = listings.get(parts[0]);
    if (listing == null) {
      throw failure(KubernetesFault.EXPIRED);
    }
    var from = Integer.parseInt(parts[1]);
    var to = Math.min(listing.items().size(), from + limit);
    return new ObjectPage(
        List.copyOf(listing.items().subList(from, to)),
        Long.toString(listing.version()),
        to < listing.items().size() ? parts[0] + " " + to : "");
  }

  @Override
  public WatchFeed feed() {
    var feed = new Feed();
    feeds.add(feed);
    return feed;
  }

  @Override
  public JsonNode get(ResourceName name) throws KubernetesCallFailed {
    answer();
    var kind = ObjectKind.of(name.type().kind());
    if (refused.containsKey(kind)) {
      throw failure(refused.get(kind));
    }
    var object = objects.get(kind.text() + "/" + name.namespace() + "/" + name.name());
    if (object == null) {
      throw failure(KubernetesFault.NOT_FOUND);
    }
    return object;
  }

  @Override
  public JsonNode create(ResourceName name, ObjectNode object) {
    throw new IllegalStateException("a watcher writes nothing");
  }

  @Override
  public JsonNode patch(ResourceName name, String subresource, ArrayNode patch) {
    throw new IllegalStateException("a watcher writes nothing");
  }

  @Override
  public JsonNode apply(ResourceName name, String subresource, ObjectNode object) {
    throw new IllegalStateException("a watcher writes nothing");
  }

  @Override
  public void delete(ResourceName name, String uid) {
    throw new IllegalStateException("a watcher writes nothing");
  }

  @Override
  public void close() {}

  private List<ObjectNode> current(ObjectKind kind) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(kind.text() + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void answer() throws KubernetesCallFailed {
    calls++;
    if (!reachable) {
      throw KubernetesCallFailed.unreachable("ConnectException", "no route");
    }
  }

  private static KubernetesCallFailed failure(KubernetesFault fault) {
    var status = fault == KubernetesFault.UNREACHABLE ? 500 : 403;
    return new KubernetesCallFailed(fault, status, fault.name(), "refused", Duration.ZERO);
  }

  private static String key(ObjectKind kind, JsonNode object) {
    var metadata = object.path("metadata");
    return kind.text()
        + "/"
        + metadata.path("namespace").asText()
        + "/"
        + metadata.path("name").asText();
  }

  private final class Feed implements WatchFeed {
    private final Map<ObjectKind, Long> cursors = new EnumMap<>(ObjectKind.class);
    private final List<WatchSignal> broken = new ArrayList<>();

    @Override
    public void open(ObjectKind kind, String resourceVersion) {
      opened.merge(kind, 1, Integer::sum);
      if (!reachable) {
        broken.add(new WatchSignal.Broken(kind, KubernetesFault.UNREACHABLE, "no route"));
      } else if (refused.containsKey(kind)) {
        broken.add(new WatchSignal.Broken(kind, refused.get(kind), "refused"));
      } else {
        cursors.put(kind, Long.parseLong(resourceVersion));
      }
    }

    @Override
    public Optional<WatchSignal> poll() {
      if (!broken.isEmpty()) {
        return Optional.of(broken.removeFirst());
      }
      for (var cursor : cursors.entrySet()) {
        if (cursor.getValue() < compacted) {
          cursors.remove(cursor.getKey());
          return Optional.of(
              new WatchSignal.Broken(cursor.getKey(), KubernetesFault.EXPIRED, "too old"));
        }
        for (var change : changes) {
          if (change.kind() == cursor.getKey() && change.version() > cursor.getValue()) {
            cursor.setValue(change.version());
            return Optional.of(
                change.deleted()
                    ? new WatchSignal.Deleted(change.kind(), change.object())
                    : new WatchSignal.Changed(change.kind(), change.object()));
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public void await(Duration atMost) {}

    @Override
    public void close() {
      cursors.clear();
      broken.clear();
    }

    private void cut() {
      cursors
          .keySet()
          .forEach(
              kind -> broken.add(new WatchSignal.Broken(kind, KubernetesFault.UNREACHABLE, "cut")));
      cursors.clear();
    }
  }
}
