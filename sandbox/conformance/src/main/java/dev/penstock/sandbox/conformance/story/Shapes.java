package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Actions, conditions and the like in one shape, whoever wrote them. */
final class Shapes {
  private static final Set<String> UNTOLD = Set.of("order", "targetGroupArn", "regexValues");

  private Shapes() {}

  /** Of each action what counts: a forward's target groups with weights, stickiness if it is on. */
  static JsonNode actions(JsonNode actions) {
    var shaped = MAKE.arrayNode();
    for (var action : actions) {
      ObjectNode node = action.deepCopy();
      UNTOLD.forEach(node::remove);
      for (var group : node.path("targetGroups")) {
        if (group instanceof ObjectNode tuple) {
          if (tuple.has("targetGroupArn")) {
            tuple.set("targetGroup", tuple.remove("targetGroupArn"));
          }
          if (!tuple.has("weight")) {
            tuple.put("weight", 1);
          }
        }
      }
      if (node.has("targetGroupStickinessConfig")) {
        node.set("stickiness", node.remove("targetGroupStickinessConfig"));
      }
      if (!node.path("stickiness").path("enabled").asBoolean()) {
        node.remove("stickiness");
      }
      node.properties().removeIf(e -> e.getValue().isTextual() && e.getValue().asText().isEmpty());
      shaped.add(node);
    }
    return shaped;
  }

  /** Mutual authentication that is off is none, and what is off by default need not be said. */
  static JsonNode mutual(JsonNode authentication) {
    ObjectNode node = authentication.deepCopy();
    node.properties().removeIf(e -> e.getValue().asText().equals("off"));
    return node;
  }

  /** The order of a rule's conditions and of their values does not count. */
  static JsonNode conditions(JsonNode conditions) {
    var sorted = new TreeSet<String>();
    for (var condition : conditions) {
      ObjectNode node = condition.deepCopy();
      UNTOLD.forEach(node::remove);
      if (node.has("httpHeaderName")) {
        node.set("name", node.remove("httpHeaderName"));
      }
      if (node.get("values") instanceof ArrayNode values) {
        var set = new TreeSet<String>();
        values.forEach(v -> set.add(v.isTextual() ? v.asText() : v.toString()));
        var array = node.putArray("values");
        set.forEach(array::add);
      }
      sorted.add(sortedText(node));
    }
    var shaped = MAKE.arrayNode();
    sorted.forEach(shaped::add);
    return shaped;
  }

  private static String sortedText(ObjectNode node) {
    var fields = new TreeSet<String>();
    node.properties().forEach(e -> fields.add(e.getKey() + "=" + e.getValue()));
    return String.join(" ", List.copyOf(fields));
  }
}
