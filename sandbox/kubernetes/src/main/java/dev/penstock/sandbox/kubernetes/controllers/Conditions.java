package dev.penstock.sandbox.kubernetes.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The conditions of a status. */
final class Conditions {
  private Conditions() {}

  /**
   * Sets a condition; the transition time moves only when the status does. An empty reason or
   * message is left out.
   */
  static ObjectNode set(
      ObjectNode status, String type, String value, String reason, String message, Instant now) {
    var list = Tree.list(status, "conditions");
    var condition =
        Tree.find(list, "type", type) instanceof ObjectNode present
            ? present
            : list.addObject().put("type", type);
    if (!Tree.text(condition, "status").equals(value)) {
      condition.put("status", value).put("lastTransitionTime", time(now));
    }
    text(condition, "reason", reason);
    text(condition, "message", message);
    return condition;
  }

  private static void text(ObjectNode condition, String field, String value) {
    if (value.isEmpty()) {
      condition.remove(field);
    } else {
      condition.put(field, value);
    }
  }

  static boolean isTrue(JsonNode object, String type) {
    return Tree.text(of(object, type), "status").equals("True");
  }

  static JsonNode of(JsonNode object, String type) {
    return Tree.find(Tree.at(object, "status", "conditions"), "type", type);
  }

  static String time(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
