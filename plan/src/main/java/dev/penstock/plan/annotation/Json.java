package dev.penstock.plan.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value read the way Go's {@code encoding/json} fills a struct: field names match without
 * regard to case, unknown fields are ignored, {@code null} is absent, of duplicates the last one
 * counts and duplicate objects merge (LBC 10 item 25).
 */
public sealed interface Json {
  record Null() implements Json {}

  record Bool(boolean value) implements Json {}

  /** The digits as they were written. */
  record Num(String raw) implements Json {}

  record Text(String value) implements Json {}

  record Items(List<Json> values) implements Json {}

  record Fields(List<Field> fields) implements Json {}

  record Field(String name, Json value) {}

  /** The fields of an object; {@code null} is an object without fields. */
  default Fields asFields(String what) throws JsonException {
    return switch (this) {
      case Fields fields -> fields;
      case Null _ -> new Fields(List.of());
      case Bool _, Num _, Text _, Items _ -> throw shape(what, "an object");
    };
  }

  /** The elements of an array; {@code null} is an empty one. */
  default List<Json> asItems(String what) throws JsonException {
    return switch (this) {
      case Items items -> items.values();
      case Null _ -> List.of();
      case Bool _, Num _, Text _, Fields _ -> throw shape(what, "an array");
    };
  }

  default Optional<String> asText(String what) throws JsonException {
    return switch (this) {
      case Text text -> Optional.of(text.value());
      case Null _ -> Optional.empty();
      case Bool _, Num _, Items _, Fields _ -> throw shape(what, "a string");
    };
  }

  default Optional<Boolean> asBool(String what) throws JsonException {
    return switch (this) {
      case Bool bool -> Optional.of(bool.value());
      case Null _ -> Optional.empty();
      case Num _, Text _, Items _, Fields _ -> throw shape(what, "true or false");
    };
  }

  default Optional<Long> asWhole(String what, long least, long greatest) throws JsonException {
    return switch (this) {
      case Num(var raw) ->
          Optional.of(
              GoValues.integer(raw, least, greatest)
                  .orElseThrow(() -> shape(what, "a whole number in range")));
      case Null _ -> Optional.empty();
      case Bool _, Text _, Items _, Fields _ -> throw shape(what, "a whole number");
    };
  }

  default Optional<Integer> asInt32(String what) throws JsonException {
    return asWhole(what, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
  }

  default List<String> asTexts(String what) throws JsonException {
    var texts = new ArrayList<String>();
    for (Json item : asItems(what)) {
      texts.add(item.asText(what).orElse(""));
    }
    return List.copyOf(texts);
  }

  default Map<String, String> asTextMap(String what) throws JsonException {
    var map = new LinkedHashMap<String, String>();
    for (Field field : asFields(what).fields()) {
      map.put(field.name(), field.value().asText(what).orElse(""));
    }
    return map;
  }

  /** The field of that name in an object; absent when missing or {@code null}. */
  static Optional<Json> field(Fields object, String name) {
    Optional<Json> found = Optional.empty();
    for (Field field : object.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        found =
            Optional.of(found.map(before -> merge(before, field.value())).orElse(field.value()));
      }
    }
    return found.filter(value -> !(value instanceof Null));
  }

  /** The object of that name in an object; it must be there. */
  static Fields required(Fields object, String name) throws JsonException {
    var found = field(object, name);
    if (found.isEmpty()) {
      throw new JsonException(name + " is missing");
    }
    return found.get().asFields(name);
  }

  private static Json merge(Json before, Json after) {
    if (before instanceof Fields(var first) && after instanceof Fields(var second)) {
      var both = new ArrayList<>(first);
      both.addAll(second);
      return new Fields(both);
    }
    return after;
  }

  private static JsonException shape(String what, String wanted) {
    return new JsonException(what + " must be " + wanted);
  }
}
