package dev.penstock.streams.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.schemas.json.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A field that differs between two values, by its path; absent is {@code (none)}. */
public record FieldChange(String path, String before, String after) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first one, in the order of the records' components. */
  public static FieldChange first(Object before, Object after) {
    var all = all(before, after);
    return all.isEmpty() ? new FieldChange("", "", "") : all.getFirst();
  }

  /** Every one, in the order of the records' components. */
  public static List<FieldChange> all(Object before, Object after) {
    var found = new ArrayList<FieldChange>();
    walk("", tree(before), tree(after), found);
    return found;
  }

  private static JsonNode tree(Object value) {
    try {
      return JSON.readTree(RecordJson.write(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what RecordJson writes is not JSON", e);
    }
  }

  private static void walk(String path, JsonNode before, JsonNode after, List<FieldChange> found) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      var names = new LinkedHashSet<String>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (var name : names) {
        var below = path.isEmpty() ? name : path + "." + name;
        walk(below, before.path(name), after.path(name), found);
      }
    } else if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        walk(path + "[" + i + "]", before.path(i), after.path(i), found);
      }
    } else {
      found.add(new FieldChange(path, text(before), text(after)));
    }
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode()) {
      return "(none)";
    }
    return node.isTextual() ? node.asText() : node.toString();
  }
}
