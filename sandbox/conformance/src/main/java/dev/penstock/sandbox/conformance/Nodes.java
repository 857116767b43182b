package dev.penstock.sandbox.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads fields of YAML trees. */
public final class Nodes {
  public static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private Nodes() {}

  public static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  public static Optional<String> optional(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
  }

  public static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    node.forEach(item -> texts.add(item.asText()));
    return List.copyOf(texts);
  }

  public static Map<String, String> map(JsonNode node) {
    var map = new LinkedHashMap<String, String>();
    node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  public static <T> List<T> list(JsonNode node, Function<JsonNode, T> read) {
    var items = new ArrayList<T>();
    node.forEach(item -> items.add(read.apply(item)));
    return List.copyOf(items);
  }

  public static Stream<JsonNode> stream(JsonNode node) {
    var items = new ArrayList<JsonNode>();
    node.forEach(items::add);
    return items.stream();
  }

  /** The names of all fields of these, in order. */
  public static SortedSet<String> names(JsonNode... nodes) {
    var names = new TreeSet<String>();
    for (var node : nodes) {
      node.fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
