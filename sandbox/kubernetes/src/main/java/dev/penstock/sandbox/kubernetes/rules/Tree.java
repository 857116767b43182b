package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks of a JSON tree in which an absent node is a {@link MissingNode}, an empty text or an empty
 * list, never null.
 */
public final class Tree {
  private Tree() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static JsonNode at(JsonNode node, String... path) {
    var here = node;
    for (var step : path) {
      here = here.path(step);
    }
    return here.isNull() ? MissingNode.getInstance() : here;
  }

  public static boolean has(JsonNode node, String... path) {
    return !at(node, path).isMissingNode();
  }

  /** The scalar at the path as text, or an empty text. */
  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  /** The elements of the list at the path, or none. */
  public static List<JsonNode> items(JsonNode node, String... path) {
    var list = new ArrayList<JsonNode>();
    at(node, path).elements().forEachRemaining(list::add);
    return list;
  }

  /** The map of texts at the path (labels, annotations, a selector), or an empty one. */
  public static Map<String, String> texts(JsonNode node, String... path) {
    var map = new LinkedHashMap<String, String>();
    at(node, path).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  /** The object at the path, made if absent. */
  public static ObjectNode child(ObjectNode node, String... path) {
    var here = node;
    for (var step : path) {
      here = here.get(step) instanceof ObjectNode next ? next : here.putObject(step);
    }
    return here;
  }

  /** The list at the field, made if absent. */
  public static ArrayNode list(ObjectNode node, String field) {
    return node.get(field) instanceof ArrayNode list ? list : node.putArray(field);
  }

  public static void putIfAbsent(ObjectNode node, String field, String value) {
    if (!has(node, field)) {
      node.put(field, value);
    }
  }

  public static void putIfAbsent(ObjectNode node, String field, int value) {
    if (!has(node, field)) {
      node.put(field, value);
    }
  }

  public static String name(JsonNode object) {
    return text(object, "metadata", "name");
  }

  public static String namespace(JsonNode object) {
    return text(object, "metadata", "namespace");
  }

  public static String uid(JsonNode object) {
    return text(object, "metadata", "uid");
  }

  public static boolean deleting(JsonNode object) {
    return has(object, "metadata", "deletionTimestamp");
  }

  public static String annotation(JsonNode object, String key) {
    return text(object, "metadata", "annotations", key);
  }

  /** The element of a list whose field has a value: a condition by type, a container by name. */
  public static JsonNode find(JsonNode list, String field, String value) {
    for (var item : list) {
      if (text(item, field).equals(value)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }
}
