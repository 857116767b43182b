package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The leaf fields of an object, as {@code fieldsV1} writes them: {@code f:name}, {@code k:{…}},
 * {@code v:…}, {@code .}
 */
record FieldSet(TreeSet<Path> paths) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SYSTEM =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "generateName",
          "managedFields");

  record Path(List<String> steps) implements Comparable<Path> {
    @Override
    public int compareTo(Path other) {
      int common = Math.min(steps.size(), other.steps.size());
      for (int i = 0; i < common; i++) {
        int order = steps.get(i).compareTo(other.steps.get(i));
        if (order != 0) {
          return order;
        }
      }
      return steps.size() - other.steps.size();
    }

    /** Whether it names an element of a list as a whole. */
    boolean isElement() {
      return steps.getLast().equals(".");
    }

    Path plus(String step) {
      var longer = new ArrayList<String>(steps.size() + 1);
      longer.addAll(steps);
      longer.add(step);
      return new Path(longer);
    }

    /** {@code .spec.ports[port=80].name}: the way conflict messages name it. */
    String pretty() {
      var text = new StringBuilder();
      for (var step : steps) {
        if (step.startsWith("f:")) {
          text.append('.').append(step.substring(2));
        } else if (!step.equals(".")) {
          text.append('[').append(step.substring(2).replaceAll("[{}]", "")).append(']');
        }
      }
      return text.toString();
    }
  }

  static FieldSet empty() {
    return new FieldSet(new TreeSet<>());
  }

  static FieldSet of(Collection<Path> paths) {
    return new FieldSet(new TreeSet<>(paths));
  }

  /** Every leaf that the object sets, but the fields that the server itself writes. */
  static FieldSet of(ObjectNode object, ListKeys keys) {
    var set = empty();
    for (var field : object.properties()) {
      var path = new Path(List.of("f:" + field.getKey()));
      switch (field.getKey()) {
        case "apiVersion", "kind" -> {}
        case "metadata" -> {
          for (var meta : field.getValue().properties()) {
            if (!SYSTEM.contains(meta.getKey())) {
              var name = "metadata." + meta.getKey();
              set.walk(meta.getValue(), path.plus("f:" + meta.getKey()), name, keys);
            }
          }
        }
        default -> set.walk(field.getValue(), path, field.getKey(), keys);
      }
    }
    return set;
  }

  /** The leaves of one part of an object; none if it is absent. */
  static FieldSet below(JsonNode node, Path path, String schemaPath, ListKeys keys) {
    var set = empty();
    if (!node.isMissingNode()) {
      set.walk(node, path, schemaPath, keys);
    }
    return set;
  }

  /** Whether the field of the metadata is written by the server and owned by nobody. */
  static boolean isSystem(String metadataField) {
    return SYSTEM.contains(metadataField);
  }

  static FieldSet parse(JsonNode fieldsV1) {
    var set = empty();
    set.read(fieldsV1, new Path(List.of()));
    return set;
  }

  ObjectNode fieldsV1() {
    var root = Tree.object();
    for (var path : paths) {
      var here = root;
      for (var step : path.steps()) {
        here = here.withObjectProperty(step);
      }
    }
    return root;
  }

  private void read(JsonNode node, Path path) {
    if (node.isEmpty()) {
      if (!path.steps().isEmpty()) {
        paths.add(path);
      }
      return;
    }
    node.properties().forEach(e -> read(e.getValue(), path.plus(e.getKey())));
  }

  private void walk(JsonNode node, Path path, String schemaPath, ListKeys keys) {
    switch (node) {
      case ObjectNode object when !object.isEmpty() && !keys.atomicMap(schemaPath) ->
          object
              .properties()
              .forEach(e ->
                  walk(
                      e.getValue(),
                      path.plus("f:" + e.getKey()),
                      ListKeys.join(schemaPath, e.getKey()),
                      keys));
      case ArrayNode list when keys.at(schemaPath) instanceof ListKeys.Merge merge -> {
        for (var item : list) {
          if (merge.set()) {
            paths.add(path.plus("v:" + item));
          } else {
            var element = path.plus(element(item, merge));
            paths.add(element.plus("."));
            walk(item, element, schemaPath, keys);
          }
        }
      }
      default -> paths.add(path);
    }
  }

  static String element(JsonNode item, ListKeys.Merge merge) {
    var id = Tree.object();
    merge.applyKeys().stream().sorted().forEach(k -> id.set(k, keyValue(item, k)));
    return "k:" + id;
  }

  /**
   * A key that was left out has the default that the API gives it: only {@code protocol} has one.
   */
  private static JsonNode keyValue(JsonNode item, String key) {
    var value = item.path(key);
    return value.isMissingNode() && key.equals("protocol")
        ? JsonNodeFactory.instance.textNode("TCP")
        : value;
  }

  /** What the object has at the path; of a path that ends in {@code .} the element itself. */
  static JsonNode value(JsonNode object, Path path) {
    var here = object;
    for (var step : path.steps()) {
      here = step(here, step);
    }
    return here;
  }

  private static JsonNode step(JsonNode node, String step) {
    if (step.equals(".")) {
      return node;
    }
    if (step.startsWith("f:")) {
      return node.path(step.substring(2));
    }
    for (var item : node) {
      if (matches(item, step)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean matches(JsonNode item, String step) {
    var id = json(step.substring(2));
    if (step.startsWith("v:")) {
      return item.equals(id);
    }
    for (Map.Entry<String, JsonNode> key : id.properties()) {
      if (!keyValue(item, key.getKey()).equals(key.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException _) {
      throw Refusal.badRequest("invalid managedFields: " + text);
    }
  }
}
