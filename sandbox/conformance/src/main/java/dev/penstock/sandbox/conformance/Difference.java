package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What two trees differ in at a path. Their keys are in any order, some of their lists are sets.
 */
public record Difference(String path, JsonNode wanted, JsonNode got) {
  private static final Set<String> SETS =
      Set.of(
          "loadBalancerAttributes",
          "targetGroupAttributes",
          "listenerAttributes",
          "ingress",
          "securityGroups");

  /** The first difference. */
  public static Optional<Difference> first(String path, JsonNode wanted, JsonNode got) {
    if (wanted instanceof ObjectNode && got instanceof ObjectNode) {
      for (var name : Nodes.names(wanted, got)) {
        var difference =
            first(path + "/" + name, set(name, wanted.path(name)), set(name, got.path(name)));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    if (wanted instanceof ArrayNode && got instanceof ArrayNode && wanted.size() == got.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        var difference = first(path + "/" + i, wanted.get(i), got.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return same(wanted, got) ? Optional.empty() : Optional.of(new Difference(path, wanted, got));
  }

  private static boolean same(JsonNode wanted, JsonNode got) {
    return wanted.isNumber() && got.isNumber()
        ? wanted.asDouble() == got.asDouble()
        : wanted.equals(got);
  }

  private static JsonNode set(String name, JsonNode node) {
    if (!SETS.contains(name) || !(node instanceof ArrayNode array)) {
      return node;
    }
    List<JsonNode> items = new ArrayList<>();
    array.forEach(item -> items.add(Canonical.lowerKeys(item)));
    items.sort(Comparator.comparing(item -> Canonical.text(item)));
    var sorted = Nodes.MAKE.arrayNode();
    items.forEach(sorted::add);
    return sorted;
  }

  /** The path, and the beginning of both sides. */
  public String text() {
    return path + ": wanted " + brief(wanted) + ", got " + brief(got);
  }

  private static String brief(JsonNode node) {
    var text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
