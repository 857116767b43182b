package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.TreeMap;

/** One text for equal trees, whatever the order of their keys. */
public final class Canonical {
  private Canonical() {}

  public static String text(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var fields = new TreeMap<String, String>();
      object.properties().forEach(e -> fields.put(e.getKey(), text(e.getValue())));
      return fields.toString();
    }
    if (node.isArray()) {
      return Nodes.list(node, Canonical::text).toString();
    }
    return node.toString();
  }

  /** LBC writes the keys of attribute pairs now as key, now as Key (LBC 10 item 7). */
  public static JsonNode lowerKeys(JsonNode node) {
    if (!(node instanceof ObjectNode object) || !object.has("Key")) {
      return node;
    }
    var lower = Nodes.MAKE.objectNode();
    object.properties().forEach(e -> lower.set(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    return lower;
  }
}
