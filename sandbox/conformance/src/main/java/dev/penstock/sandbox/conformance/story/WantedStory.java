package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a story says that AWS and the cluster look like after each step. */
final class WantedStory {
  /** LBC's run failed: what it left half done is done here by a later attempt of the same step. */
  static final String TRIED_AGAIN = "tried-again";

  /** A cluster has another name in AWS: what stands stays, and carries it. */
  static final String CLUSTER_RENAMED = "cluster-renamed";

  /** A host that no certificate covers is served with those that the listener has. */
  static final String HOST_WITHOUT_CERTIFICATE = "host-without-certificate";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode content;
  private final JsonNode given;
  private final JsonNode steps;
  private final JsonNode inventory;
  private final Afresh afresh;
  private final Map<String, String> groups = new HashMap<>();
  private final TreeNorms norms = new TreeNorms(groups);
  private final TreeSet<String> divergences = new TreeSet<>();
  private final List<State> states = new ArrayList<>();

  /** What users want at a step, and what is there after it. */
  private record State(JsonNode objects, JsonNode after, JsonNode kubernetes) {}

  WantedStory(JsonNode content, Afresh afresh) {
    this.content = content;
    this.afresh = afresh;
    this.given = content.path("steps");
    this.steps = content.path("expect").path("steps");
    this.inventory = content.path("aws").path("securityGroups");
    for (var step : steps) {
      for (var group : step.path("after").path("securityGroups").properties()) {
        if (group.getKey().startsWith("sg-created-") && group.getValue().isObject()) {
          groups.put(group.getKey(), "sg/" + text(group.getValue(), "name"));
        }
      }
    }
    var state = new State(MAKE.arrayNode(), MAKE.objectNode(), MAKE.objectNode());
    for (int n = 0; n < steps.size(); n++) {
      var objects = given.path(n).path("objects");
      var after = steps.path(n).path("after");
      var kubernetes = steps.path(n).path("kubernetes");
      state =
          new State(
              objects.isArray() ? objects : state.objects(),
              after.isObject() ? after : state.after(),
              kubernetes.isObject() ? kubernetes : state.kubernetes());
      states.add(state);
    }
  }

  Set<String> divergences() {
    return divergences;
  }

  /**
   * The first difference after that step. After one at which LBC failed, each load balancer, group
   * and object must stand as LBC left it or as its next good run leaves it. Where users change
   * something in between, or no good run follows, each value must be the one that LBC left, or
   * leaves in a step up to that run, or left in its last good run, or the one that the same objects
   * have in a world without a past.
   */
  Optional<Difference> difference(int n, ObjectNode there) throws InterruptedException {
    var here = left(n, there);
    divergences.addAll(here.rules());
    if (here.isEqual() || !Unfinished.is(steps.path(n))) {
      return here.first();
    }
    divergences.add(TRIED_AGAIN);
    int later = nextGood(n);
    if (later < steps.size() && isUnchanged(n, later)) {
      var open = here.parts();
      open.keySet().retainAll(left(later, there).parts().keySet());
      return open.values().stream().findFirst();
    }
    var open = here.leaves();
    for (int k = n + 1; k < Math.min(later + 1, steps.size()); k++) {
      open.keySet().retainAll(left(k, there).leaves().keySet());
    }
    int good = lastGood(n);
    if (good >= 0) {
      open.keySet().retainAll(excused(good, wanted(good), renewed(there)).leaves().keySet());
    }
    return open.isEmpty() ? Optional.empty() : apart(n, renewed(there), open);
  }

  /** What of that is not as it is in a world without a past. */
  private Optional<Difference> apart(int n, Renamed there, Map<String, Difference> open)
      throws InterruptedException {
    var made = excused(n, norms.of(afresh.tree(n)), there);
    open.keySet().retainAll(made.leaves().keySet());
    if (!open.isEmpty()) {
      var covered = excused(n, norms.of(afresh.covered(n)), there);
      if (open.keySet().retainAll(covered.leaves().keySet())) {
        divergences.add(HOST_WITHOUT_CERTIFICATE);
      }
    }
    return open.values().stream().findFirst();
  }

  /** Each value that is not as LBC left it after that step, whatever the rules are. */
  List<Difference> differences(int n, ObjectNode there) {
    return List.copyOf(Compared.plain(wanted(n), norms.of(there)).leaves().values());
  }

  /** What is known of that step for its writes. */
  WantedWrites.Known known(int n, ObjectNode there) {
    var here = left(n, there);
    var after = states.get(n).after();
    int things = after.path("loadBalancers").size() + after.path("targetGroups").size();
    for (var balancer : after.path("loadBalancers")) {
      for (var listener : balancer.path("listeners")) {
        things += 1 + listener.path("rules").size();
      }
    }
    boolean replaced = here.successors().stream().anyMatch(p -> p.startsWith("loadBalancers/"));
    return new WantedWrites.Known(here.rules(), replaced, things);
  }

  /** The first step from there on that LBC brought to its end; none: the number of steps. */
  private int nextGood(int n) {
    int later = n;
    while (later < steps.size() && Unfinished.is(steps.path(later))) {
      later++;
    }
    return later;
  }

  /** The last step before it that LBC brought to its end; none: less than 0. */
  private int lastGood(int n) {
    int k = n;
    while (k >= 0 && Unfinished.is(steps.path(k))) {
      k--;
    }
    return k;
  }

  /** Whether nobody changed anything after that step, up to the later one. */
  private boolean isUnchanged(int n, int later) {
    return IntStream.rangeClosed(n + 1, later)
        .allMatch(m ->
            !given.path(m).has("external")
                && !given.path(m).has("config")
                && states.get(m).objects().equals(states.get(n).objects()));
  }

  /** A tree and the names that its parts had, by those that they have. */
  private record Renamed(ObjectNode tree, Map<String, String> originals) {}

  /** What was made again under its old name, by that name. */
  private static Renamed renewed(ObjectNode tree) {
    var names = new TreeMap<String, String>();
    for (var section : tree.properties()) {
      for (var part : section.getValue().properties()) {
        var name = part.getKey();
        var first = StoryNames.first(name);
        if (!first.equals(name) && !section.getValue().has(first)) {
          names.put(name, first);
        }
      }
    }
    return renamed(new Renamed(tree, Map.of()), names);
  }

  /**
   * What LBC left after that step beside what is there, with excuses. Where the cluster got another
   * name, and LBC made all a second time, what stood before takes the place of what it left.
   */
  private Compared left(int n, ObjectNode there) {
    var plain = new Renamed(there, Map.of());
    var here = excused(n, wanted(n), plain);
    return here.isEqual()
        ? here
        : keptByName(n).map(kept -> excused(n, kept, plain).and(CLUSTER_RENAMED)).orElse(here);
  }

  private Optional<ObjectNode> keptByName(int n) {
    return isAsked(n) ? Optional.empty() : ClusterName.kept(content, n, wanted(n - 1), wanted(n));
  }

  /** Whether users want something else than after the step before. */
  private boolean isAsked(int n) {
    return n == 0 || !states.get(n - 1).objects().equals(states.get(n).objects());
  }

  /** What is wanted beside what is there, both without what rules decided at that step. */
  private Compared excused(int n, ObjectNode wanted, Renamed there) {
    var got = norms.of(there.tree());
    if (Compared.plain(wanted, got).isEqual()) {
      return new Compared(wanted, got, Set.of(), Set.of(), there.originals());
    }
    var excuses = new Excuses(past(n), Unfinished.is(steps.path(n)), states.get(n).objects());
    var named = renamed(there, excuses.aliases(wanted, got));
    var same = norms.of(named.tree());
    excuses.apply(wanted, same);
    if (!isAsked(n)) {
      excuses.healed(wanted(n - 1), wanted, same);
    }
    return new Compared(wanted, same, excuses.used(), excuses.successors(), named.originals());
  }

  private Past past(int n) {
    var past = new Past();
    for (int m = 0; m < n; m++) {
      past.passed(states.get(m).objects(), wanted(m));
    }
    for (int m = 0; m <= n; m++) {
      past.done(given.path(m).path("external"));
    }
    return past;
  }

  private static Renamed renamed(Renamed tree, Map<String, String> names) {
    if (names.isEmpty()) {
      return tree;
    }
    var any = names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    var text =
        Pattern.compile("(?<![\\w-])(" + any + ")(?![\\w~-])")
            .matcher(tree.tree().toString())
            .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "")));
    var originals = new TreeMap<>(tree.originals());
    names.forEach((name, other) ->
        originals.put(bare(other), tree.originals().getOrDefault(bare(name), bare(name))));
    try {
      return new Renamed((ObjectNode) JSON.readTree(text), originals);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String bare(String name) {
    return StoryNames.bare(name).replace("\"", "");
  }

  /** What LBC left after that step. */
  private ObjectNode wanted(int n) {
    var state = states.get(n);
    var after = state.after();
    var wanted = MAKE.objectNode();
    wanted.set("loadBalancers", after.path("loadBalancers"));
    wanted.set("targetGroups", after.path("targetGroups"));
    var all = wanted.putObject("securityGroups");
    for (var group : inventory) {
      var node = MAKE.objectNode();
      node.put("name", Nodes.optional(group, "name").orElse(text(group, "id")));
      node.set("ingress", group.path("ingress"));
      node.set("tags", group.path("tags"));
      all.set(text(group, "id"), node);
    }
    for (var group : after.path("securityGroups").properties()) {
      var name = groups.getOrDefault(group.getKey(), group.getKey());
      if (group.getValue().isObject()) {
        all.set(name, group.getValue());
      } else {
        all.remove(name);
      }
    }
    wanted.set("ingresses", state.kubernetes().path("ingresses"));
    wanted.set("bindings", state.kubernetes().path("bindings"));
    return norms.of(wanted);
  }
}
