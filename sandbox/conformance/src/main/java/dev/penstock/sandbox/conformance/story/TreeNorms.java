package dev.penstock.sandbox.conformance.story;

import static dev.penstock.sandbox.conformance.Nodes.MAKE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Canonical;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Trees of what stands after a step in one form, whoever drew them. */
final class TreeNorms {
  private final Map<String, String> groups;

  /**
   * @param groups the names of security groups by the ids that a story gives them
   */
  TreeNorms(Map<String, String> groups) {
    this.groups = groups;
  }

  ObjectNode of(ObjectNode tree) {
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
    items.sort(Comparator.comparing(item -> Canonical.text(item)));
    var sorted = MAKE.arrayNode();
    items.forEach(sorted::add);
    return sorted;
  }
}
