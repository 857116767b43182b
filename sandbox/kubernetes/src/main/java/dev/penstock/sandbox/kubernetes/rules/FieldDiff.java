package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The leaf fields in which two states of an object differ: set or changed, and gone. Equal parts
 * are not walked.
 */
record FieldDiff(FieldSet changed, FieldSet gone) {

  static FieldDiff of(ObjectNode before, ObjectNode after, ListKeys keys) {
    var diff = new FieldDiff(FieldSet.empty(), FieldSet.empty());
    var root = new FieldSet.Path(List.of());
    for (var field : names(before, after)) {
      var path = root.plus("f:" + field);
      var left = before.path(field);
      var right = after.path(field);
      if (field.equals("metadata")) {
        for (var meta : names(left, right)) {
          if (!FieldSet.isSystem(meta)) {
            var name = ListKeys.join(field, meta);
            diff.walk(left.path(meta), right.path(meta), path.plus("f:" + meta), name, keys);
          }
        }
      } else if (!field.equals("apiVersion") && !field.equals("kind")) {
        diff.walk(left, right, path, field, keys);
      }
    }
    return diff;
  }

  boolean isEmpty() {
    return changed.paths().isEmpty() && gone.paths().isEmpty();
  }

  private void walk(
      JsonNode before, JsonNode after, FieldSet.Path path, String schemaPath, ListKeys keys) {
    if (before.equals(after)) {
      return;
    }
    boolean maps =
        before.isObject()
            && after.isObject()
            && !before.isEmpty()
            && !after.isEmpty()
            && !keys.atomicMap(schemaPath);
    if (maps) {
      for (var name : names(before, after)) {
        var below = ListKeys.join(schemaPath, name);
        walk(before.path(name), after.path(name), path.plus("f:" + name), below, keys);
      }
    } else if (before instanceof ArrayNode left
        && after instanceof ArrayNode right
        && keys.at(schemaPath) instanceof ListKeys.Merge merge
        && !merge.set()) {
      elements(byKey(left, merge), byKey(right, merge), path, schemaPath, keys);
    } else {
      leaves(before, after, path, schemaPath, keys);
    }
  }

  private void elements(
      Map<String, JsonNode> before,
      Map<String, JsonNode> after,
      FieldSet.Path path,
      String schemaPath,
      ListKeys keys) {
    var all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (var key : all) {
      var element = path.plus(key);
      var left = before.getOrDefault(key, Tree.at(Tree.object(), key));
      var right = after.getOrDefault(key, Tree.at(Tree.object(), key));
      if (left.isMissingNode()) {
        changed.paths().add(element.plus("."));
      } else if (right.isMissingNode()) {
        gone.paths().add(element.plus("."));
      }
      walk(left, right, element, schemaPath, keys);
    }
  }

  private static Map<String, JsonNode> byKey(ArrayNode list, ListKeys.Merge merge) {
    var map = new LinkedHashMap<String, JsonNode>();
    list.forEach(item -> map.put(FieldSet.element(item, merge), item));
    return map;
  }

  private void leaves(
      JsonNode before, JsonNode after, FieldSet.Path path, String schemaPath, ListKeys keys) {
    var left = FieldSet.below(before, path, schemaPath, keys);
    var right = FieldSet.below(after, path, schemaPath, keys);
    for (var leaf : right.paths()) {
      boolean same = left.paths().contains(leaf) && !leaf.equals(path);
      if (!same) {
        changed.paths().add(leaf);
      }
    }
    left.paths().stream().filter(l -> !right.paths().contains(l)).forEach(gone.paths()::add);
  }

  private static TreeSet<String> names(JsonNode left, JsonNode right) {
    var names = new TreeSet<String>();
    left.fieldNames().forEachRemaining(names::add);
    right.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
