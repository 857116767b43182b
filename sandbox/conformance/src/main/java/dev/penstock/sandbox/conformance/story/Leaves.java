package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.conformance.Canonical;
import dev.penstock.sandbox.conformance.Difference;
import dev.penstock.sandbox.conformance.Nodes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of a tree, each by a path that is the same in trees of other moments: a rule of a
 * listener goes by its conditions, another list is one value. That something is there at all is a
 * value, too.
 */
final class Leaves {
  private final Map<String, Difference> found = new LinkedHashMap<>();

  private Leaves() {}

  /** What differs, by its path. */
  static Map<String, Difference> differing(String path, JsonNode wanted, JsonNode got) {
    var leaves = new Leaves();
    leaves.walk(path, wanted, got);
    return leaves.found;
  }

  private void walk(String path, JsonNode wanted, JsonNode got) {
    if (path.endsWith("/rules") && (wanted.isArray() || got.isArray())) {
      walk(path, byConditions(wanted), byConditions(got));
    } else if (wanted instanceof ObjectNode || got instanceof ObjectNode) {
      if (wanted.isMissingNode() != got.isMissingNode()) {
        note(path, wanted, got);
      }
      Nodes.names(wanted, got)
          .forEach(name -> walk(path + "/" + name, wanted.path(name), got.path(name)));
    } else if (Difference.first(path, wanted, got).isPresent()) {
      note(path, wanted, got);
    }
  }

  private void note(String path, JsonNode wanted, JsonNode got) {
    found.put(path, new Difference(path, wanted, got));
  }

  private static JsonNode byConditions(JsonNode rules) {
    var by = Nodes.MAKE.objectNode();
    for (var rule : rules) {
      by.set(Canonical.text(rule.path("conditions")), rule);
    }
    return by;
  }
}
