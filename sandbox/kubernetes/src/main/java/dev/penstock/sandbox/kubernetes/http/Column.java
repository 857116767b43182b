package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One column of a table. Priority 0 is always printed, 1 with {@code -o wide}. */
record Column(String name, String type, int priority, BiFunction<JsonNode, Instant, Object> cell) {
  static Column text(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", 0, (object, _) -> cell.apply(object));
  }

  static Column wide(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", 1, (object, _) -> cell.apply(object));
  }

  static Column number(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "integer", 0, (object, _) -> cell.apply(object));
  }
}
