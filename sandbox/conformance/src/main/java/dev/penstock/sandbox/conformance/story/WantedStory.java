package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Canonical;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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

  private static final List<String> SECTIONS =
      List.of("loadBalancers", "securityGroups", "targetGroups", "bindings", "ingresses");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode given;
  private final JsonNode steps;
  private final JsonNode inventory;
  private final Map<String, String> groups = new HashMap<>();
  private final TreeSet<String> divergences = new TreeSet<>();
  private final List<State> states = new ArrayList<>();

  /** What users want at a step, and what is there after it. */
  private record State(JsonNode objects, JsonNode after, JsonNode kubernetes) {}

  /** Both sides, and the first difference of each part, load balancers before all others. */
  private record Compared(
      ObjectNode wanted, ObjectNode got, Set<String> successors, Map<String, String> differences) {}

  WantedStory(JsonNode content) {
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
   * The first difference after that step. After one at which LBC failed, each part must stand as
   * LBC left it or as its next good run leaves it; where users change something in between, this
   * holds of what is the same before and after. Where no good run follows, it must stand as LBC
   * left it, as its last good run for the same objects left it, or go on where LBC's run stopped.
   */
  Optional<String> difference(int n, ObjectNode aws, ObjectNode cluster) {
    var there = aws.deepCopy();
    there.setAll(cluster);
    var here = compared(n, there, divergences);
    var open = new TreeMap<>(here.differences());
    if (open.isEmpty() || !Unfinished.is(steps.path(n))) {
      return first(here, open);
    }
    divergences.add(TRIED_AGAIN);
    int later = n;
    while (Unfinished.is(steps.path(later)) && later + 1 < steps.size()) {
      later++;
    }
    if (Unfinished.is(steps.path(later))) {
      lastGood(n).ifPresent(k -> open.keySet().retainAll(compared(k, renewed(there)).keySet()));
      var unfinished =
          new Unfinished(
              steps.path(n), states.get(n).objects(), here.wanted(), here.got(), here.successors());
      open.keySet().removeIf(unfinished::goesOn);
    } else {
      open.keySet().retainAll(compared(later, there).keySet());
    }
    if (!unchanged(n, later)) {
      open.keySet().retainAll(untouched(n, later));
    }
    return first(here, open);
  }

  /** How each part differs from what LBC left after that step, whatever the rules are. */
  List<String> differences(int n, ObjectNode aws, ObjectNode cluster) {
    var there = aws.deepCopy();
    there.setAll(cluster);
    return List.copyOf(parts(wanted(states.get(n)), comparable(there)).values());
  }

  /** What is known of that step for its writes. */
  WantedWrites.Known known(int n, ObjectNode aws, ObjectNode cluster) {
    var there = aws.deepCopy();
    there.setAll(cluster);
    var rules = new TreeSet<String>();
    var here = compared(n, there, rules);
    var after = states.get(n).after();
    int things = after.path("loadBalancers").size() + after.path("targetGroups").size();
    for (var balancer : after.path("loadBalancers")) {
      for (var listener : balancer.path("listeners")) {
        things += 1 + listener.path("rules").size();
      }
    }
    boolean replaced = here.successors().stream().anyMatch(p -> p.startsWith("loadBalancers/"));
    return new WantedWrites.Known(rules, replaced, things);
  }

  private static Optional<String> first(Compared here, Map<String, String> open) {
    return here.differences().entrySet().stream()
        .filter(e -> open.containsKey(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The last step before it that ended well, if nobody wanted anything else since. */
  private OptionalInt lastGood(int n) {
    int k = n;
    while (k > 0
        && Unfinished.is(steps.path(k))
        && !given.path(k).has("config")
        && states.get(k - 1).objects().equals(states.get(n).objects())) {
      k--;
    }
    return Unfinished.is(steps.path(k)) ? OptionalInt.empty() : OptionalInt.of(k);
  }

  /** What was made again under its old name, by that name. */
  private static ObjectNode renewed(ObjectNode tree) {
    var names = new TreeMap<String, String>();
    for (var section : tree.properties()) {
      for (var part : section.getValue().properties()) {
        var name = part.getKey();
        int number = name.indexOf('~');
        if (number > 0 && !section.getValue().has(name.substring(0, number))) {
          names.put(name, name.substring(0, number));
        }
      }
    }
    return renamed(tree, names);
  }

  /** Whether nobody changed anything after that step, up to the later one. */
  private boolean unchanged(int n, int later) {
    return IntStream.rangeClosed(n + 1, later)
        .allMatch(m ->
            !given.path(m).has("external")
                && !given.path(m).has("config")
                && states.get(m).objects().equals(states.get(n).objects()));
  }

  /** The parts that LBC shows alike after both steps. */
  private Set<String> untouched(int n, int later) {
    var parts = new TreeSet<String>();
    var before = wanted(states.get(n));
    var after = wanted(states.get(later));
    for (var section : after.properties()) {
      for (var part : section.getValue().properties()) {
        if (part.getValue().equals(before.path(section.getKey()).path(part.getKey()))) {
          parts.add(section.getKey() + "/" + part.getKey());
        }
      }
    }
    return parts;
  }

  private Map<String, String> compared(int n, ObjectNode there) {
    return compared(n, there, new TreeSet<>()).differences();
  }

  private Compared compared(int n, ObjectNode there, Set<String> used) {
    var excuses = new Excuses(past(n), Unfinished.is(steps.path(n)), states.get(n).objects());
    var wanted = wanted(states.get(n));
    var got = comparable(there);
    var differences = parts(wanted, got);
    if (!differences.isEmpty()) {
      got = comparable(renamed(there, excuses.aliases(wanted, got)));
      excuses.apply(wanted, got);
      if (n > 0 && states.get(n - 1).objects().equals(states.get(n).objects())) {
        excuses.healed(wanted(states.get(n - 1)), wanted, got);
      }
      differences = parts(wanted, got);
    }
    used.addAll(excuses.used());
    return new Compared(wanted, got, excuses.successors(), differences);
  }

  private Past past(int n) {
    var past = new Past();
    for (int m = 0; m < n; m++) {
      past.passed(states.get(m).objects(), wanted(states.get(m)));
    }
    for (int m = 0; m <= n; m++) {
      past.done(given.path(m).path("external"));
    }
    return past;
  }

  private static Map<String, String> parts(ObjectNode wanted, ObjectNode got) {
    var differences = new LinkedHashMap<String, String>();
    for (var section : SECTIONS) {
      var names = new TreeSet<String>();
      wanted.path(section).fieldNames().forEachRemaining(names::add);
      got.path(section).fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        var path = section + "/" + name;
        Difference.first(path, wanted.path(section).path(name), got.path(section).path(name))
            .ifPresent(difference -> differences.put(path, difference));
      }
    }
    return differences;
  }

  private static ObjectNode renamed(ObjectNode tree, Map<String, String> names) {
    if (names.isEmpty()) {
      return tree;
    }
    var any = names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    var text =
        Pattern.compile("(?<![\\w-])(" + any + ")(?![\\w~-])")
            .matcher(tree.toString())
            .replaceAll(found -> Matcher.quoteReplacement(names.getOrDefault(found.group(), "")));
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode wanted(State state) {
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
    return comparable(wanted);
  }

  private ObjectNode comparable(ObjectNode tree) {
    return (ObjectNode) comparable("", tree);
  }

  /** Without what does not count: identities of rules, empties. */
  private JsonNode comparable(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      var plain = MAKE.objectNode();
      for (var field : object.properties()) {
        var key = groups.getOrDefault(field.getKey(), field.getKey());
        if (!key.equals("rule")) {
          var value = comparable(key, field.getValue());
          if (key.equals("sniCertificates")) {
            value = withoutDefault(value, object.path("defaultCertificate").asText());
          }
          if (key.equals("mutualAuthentication")) {
            value = Shapes.mutual(value);
          }
          if (!value.isContainerNode() || !value.isEmpty()) {
            plain.set(key, value);
          }
        }
      }
      return plain;
    }
    if (node instanceof ArrayNode array) {
      return switch (name) {
        case "actions", "defaultActions" -> each("action", Shapes.actions(array));
        case "conditions" -> Shapes.conditions(array);
        case "rules" -> each("rule", array);
        default -> sorted(array);
      };
    }
    return node.isTextual()
        ? MAKE.textNode(groups.getOrDefault(node.asText(), node.asText()))
        : node;
  }

  /** LBC names the default certificate among the others, too. */
  private static JsonNode withoutDefault(JsonNode certificates, String standard) {
    var plain = MAKE.arrayNode();
    certificates.forEach(certificate -> {
      if (!certificate.asText().equals(standard)) {
        plain.add(certificate);
      }
    });
    return plain;
  }

  /** Each of a list that keeps its order. */
  private JsonNode each(String name, JsonNode items) {
    var plain = MAKE.arrayNode();
    items.forEach(item -> plain.add(comparable(name, item)));
    return plain;
  }

  private JsonNode sorted(ArrayNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(item -> items.add(comparable("item", item)));
    items.sort((a, b) -> text(a).compareTo(text(b)));
    var sorted = MAKE.arrayNode();
    items.forEach(sorted::add);
    return sorted;
  }

  private static String text(JsonNode node) {
    return Canonical.text(node);
  }

  private static String text(JsonNode node, String field) {
    return Nodes.text(node, field);
  }
}
