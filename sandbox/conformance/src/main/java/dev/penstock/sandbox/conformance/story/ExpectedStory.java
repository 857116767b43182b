package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a story says that AWS and the cluster look like after each step. */
final class ExpectedStory {
  /** LBC's run failed: what it left half done is done here by a later attempt of the same step. */
  private static final String TRIED_AGAIN = "tried-again";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode given;
  private final JsonNode steps;
  private final JsonNode inventory;
  private final Map<String, String> groups = new HashMap<>();
  private final TreeSet<String> divergences = new TreeSet<>();
  private JsonNode objects = MAKE.arrayNode();
  private JsonNode after = MAKE.objectNode();
  private JsonNode kubernetes = MAKE.objectNode();

  ExpectedStory(JsonNode content) {
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
  }

  Set<String> divergences() {
    return divergences;
  }

  /** The first difference after that step. */
  Optional<String> difference(int n, ObjectNode aws, ObjectNode cluster) {
    var step = steps.path(n);
    if (step.path("after").isObject()) {
      after = step.get("after");
    }
    if (step.path("kubernetes").isObject()) {
      kubernetes = step.get("kubernetes");
    }
    if (given.path(n).path("objects").isArray()) {
      objects = given.path(n).get("objects");
    }
    var excuses = new Excuses(objects);
    var wanted = expectedAws();
    var got = comparable(aws);
    var shown = comparable(cluster);
    var difference = Difference.first("after", wanted, got);
    if (difference.isPresent()) {
      var replacements = excuses.replacements(wanted, got);
      got = renamed(got, replacements);
      shown = renamed(shown, replacements);
      excuses.apply(wanted, got);
      difference = Difference.first("after", wanted, got);
    }
    var seen = shown;
    difference = difference.or(() -> Difference.first("kubernetes", expectedObjects(), seen));
    divergences.addAll(excuses.used());
    boolean failed = Nodes.stream(step.path("runs")).anyMatch(run -> run.has("error"));
    if (difference.isPresent() && failed && n + 1 < steps.size()) {
      divergences.add(TRIED_AGAIN);
      return Optional.empty();
    }
    return difference;
  }

  private static ObjectNode renamed(ObjectNode tree, Map<String, String> names) {
    var text = tree.toString();
    for (var name : names.entrySet()) {
      text = text.replace(name.getKey(), name.getValue());
    }
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode expectedAws() {
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
    return comparable(wanted);
  }

  private ObjectNode expectedObjects() {
    var wanted = MAKE.objectNode();
    wanted.set("ingresses", kubernetes.path("ingresses"));
    wanted.set("bindings", kubernetes.path("bindings"));
    return comparable(wanted);
  }

  private ObjectNode comparable(ObjectNode tree) {
    return (ObjectNode) comparable("", tree);
  }

  /** Without what does not count: identities of rules and listeners, numbers of rules, empties. */
  private JsonNode comparable(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      var plain = MAKE.objectNode();
      for (var field : object.properties()) {
        var key = groups.getOrDefault(field.getKey(), field.getKey());
        if (!isIdentity(name, key)) {
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
        case "actions", "defaultActions" -> renamed(Shapes.actions(array));
        case "conditions" -> Shapes.conditions(array);
        case "rules" -> ordered(array);
        default -> sorted(array);
      };
    }
    return node.isTextual()
        ? MAKE.textNode(groups.getOrDefault(node.asText(), node.asText()))
        : node;
  }

  private static boolean isIdentity(String parent, String key) {
    return switch (key) {
      case "listener", "rule" -> true;
      case "priority" -> !parent.isEmpty();
      default -> false;
    };
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

  private JsonNode renamed(JsonNode actions) {
    var plain = MAKE.arrayNode();
    actions.forEach(action -> plain.add(comparable("action", action)));
    return plain;
  }

  private JsonNode ordered(ArrayNode rules) {
    var plain = MAKE.arrayNode();
    rules.forEach(rule -> plain.add(comparable("rule of a list", rule)));
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
    return dev.penstock.sandbox.conformance.Canonical.text(node);
  }

  private static String text(JsonNode node, String field) {
    return Nodes.text(node, field);
  }
}
