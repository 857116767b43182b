package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 7386, and Kubernetes' strategic form of it: lists merge by key, {@code $patch}, {@code
 * $retainKeys}, {@code $setElementOrder} and {@code $deleteFromPrimitiveList} are obeyed.
 */
final class MergePatch {
  private final ListKeys keys;
  private final boolean strategic;

  private MergePatch(ListKeys keys, boolean strategic) {
    this.keys = keys;
    this.strategic = strategic;
  }

  static ObjectNode merge(ObjectNode document, JsonNode patch) {
    return run(document, patch, new MergePatch(new ListKeys(""), false));
  }

  static ObjectNode strategic(ObjectNode document, JsonNode patch, String kind) {
    return run(document, patch, new MergePatch(new ListKeys(kind), true));
  }

  private static ObjectNode run(ObjectNode document, JsonNode patch, MergePatch merge) {
    if (!(patch instanceof ObjectNode changes)) {
      throw Refusal.badRequest("error decoding patch: a merge patch is an object");
    }
    var result = document.deepCopy();
    merge.object(result, changes, "");
    return result;
  }

  private void object(ObjectNode target, ObjectNode patch, String path) {
    if (strategic && directive(patch, "replace")) {
      target.removeAll();
    }
    if (strategic && patch.has("$retainKeys")) {
      var kept = Tree.items(patch, "$retainKeys").stream().map(JsonNode::asText).toList();
      target.retain(kept);
    }
    for (var change : patch.properties()) {
      var field = change.getKey();
      if (strategic && field.startsWith("$")) {
        directive(target, patch, field, path);
      } else {
        field(target, field, change.getValue(), ListKeys.join(path, field));
      }
    }
    if (strategic) {
      order(target, patch, path);
    }
  }

  private void field(ObjectNode target, String field, JsonNode value, String path) {
    switch (value) {
      case JsonNode v when v.isNull() -> target.remove(field);
      case ObjectNode v when strategic && directive(v, "delete") -> target.remove(field);
      case ObjectNode v -> {
        var child = target.get(field) instanceof ObjectNode here ? here : target.putObject(field);
        object(child, v, path);
      }
      case ArrayNode v -> target.set(field, list(target.path(field), v, path));
      default -> target.set(field, value);
    }
  }

  private JsonNode list(JsonNode before, ArrayNode patch, String path) {
    var merge = strategic ? keys.at(path) : null;
    if (merge == null || replaces(patch)) {
      return plain(patch);
    }
    var result = before instanceof ArrayNode list ? list.deepCopy() : Tree.array();
    for (var item : patch) {
      if (merge.set()) {
        addToSet(result, item);
      } else if (item instanceof ObjectNode object) {
        element(result, object, merge.patchKey(), path);
      }
    }
    return result;
  }

  private void element(ArrayNode list, ObjectNode patch, String key, String path) {
    var id = patch.path(key);
    if (id.isMissingNode()) {
      throw Refusal.badRequest("map: " + patch + " does not contain declared merge key: " + key);
    }
    int index = indexOf(list, key, id);
    if (directive(patch, "delete")) {
      if (index >= 0) {
        list.remove(index);
      }
    } else if (index >= 0) {
      object((ObjectNode) list.get(index), patch, path);
    } else {
      var fresh = list.addObject();
      object(fresh, patch, path);
    }
  }

  private void directive(ObjectNode target, ObjectNode patch, String field, String path) {
    var prefix = "$deleteFromPrimitiveList/";
    if (!field.startsWith(prefix)) {
      return;
    }
    var name = field.substring(prefix.length());
    if (target.get(name) instanceof ArrayNode list) {
      var gone = Tree.items(patch, field);
      var rest = target.putArray(name);
      list.forEach(item -> {
        if (!gone.contains(item)) {
          rest.add(item);
        }
      });
    }
  }

  /** Elements that the patch orders come in that order; the others keep their places after them. */
  private void order(ObjectNode target, ObjectNode patch, String path) {
    var prefix = "$setElementOrder/";
    for (var change : patch.properties()) {
      if (!change.getKey().startsWith(prefix)) {
        continue;
      }
      var name = change.getKey().substring(prefix.length());
      var merge = keys.at(ListKeys.join(path, name));
      if (merge == null || !(target.get(name) instanceof ArrayNode list)) {
        continue;
      }
      var rest = new ArrayList<JsonNode>();
      list.forEach(rest::add);
      var sorted = Tree.array();
      for (var wanted : change.getValue()) {
        take(rest, merge, wanted).forEach(sorted::add);
      }
      rest.forEach(sorted::add);
      target.set(name, sorted);
    }
  }

  private static List<JsonNode> take(List<JsonNode> rest, ListKeys.Merge merge, JsonNode wanted) {
    var key = merge.patchKey();
    var taken =
        rest.stream()
            .filter(i -> merge.set() ? i.equals(wanted) : i.path(key).equals(wanted.path(key)))
            .toList();
    rest.removeAll(taken);
    return taken;
  }

  private static boolean replaces(ArrayNode patch) {
    for (var item : patch) {
      if (item instanceof ObjectNode object && directive(object, "replace")) {
        return true;
      }
    }
    return false;
  }

  /** A list as it stands in the patch, without the elements that are directives. */
  private static ArrayNode plain(ArrayNode patch) {
    var result = Tree.array();
    for (var item : patch) {
      if (!item.has("$patch")) {
        result.add(item.deepCopy());
      }
    }
    return result;
  }

  private static void addToSet(ArrayNode list, JsonNode item) {
    for (var present : list) {
      if (present.equals(item)) {
        return;
      }
    }
    list.add(item);
  }

  private static int indexOf(ArrayNode list, String key, JsonNode id) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean directive(ObjectNode patch, String what) {
    return Tree.text(patch, "$patch").equals(what);
  }
}
