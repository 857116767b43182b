package dev.penstock.plan.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The annotations of one object under one prefix. A value of the wrong type is absent, and an error
 * that names key, value and what is allowed is collected (LBC 0).
 */
public final class AnnotationReader {
  public static final String INVALID = "InvalidAnnotation";

  private final String prefix;
  private final Map<String, String> annotations;
  private final Problems problems;

  public AnnotationReader(String prefix, Map<String, String> annotations, Problems problems) {
    this.prefix = prefix;
    this.annotations = annotations;
    this.problems = problems;
  }

  public String key(String name) {
    return prefix + name;
  }

  public boolean has(String name) {
    return annotations.containsKey(key(name));
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(annotations.get(key(name)));
  }

  public Optional<Boolean> bool(String name) {
    return read(name, GoValues::bool, "true or false");
  }

  public Optional<Integer> int32(String name) {
    return read(
        name,
        raw -> GoValues.integer(raw, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue),
        "a whole number of at most 32 bits");
  }

  public Optional<Long> int64(String name) {
    return read(
        name,
        raw -> GoValues.integer(raw, Long.MIN_VALUE, Long.MAX_VALUE),
        "a whole number of at most 64 bits");
  }

  /** Items, trimmed and without empty ones; present and empty when the value holds no item. */
  public Optional<List<String>> list(String name) {
    return text(name).map(GoValues::list);
  }

  /** As {@link #list} for keys where an empty value means that nothing is said. */
  public List<String> items(String name) {
    return list(name).orElse(List.of());
  }

  public Map<String, String> map(String name) {
    return read(name, GoValues::map, "key=value pairs separated by commas").orElse(Map.of());
  }

  public Optional<Json> json(String name) {
    var raw = text(name);
    try {
      return raw.isPresent() ? Optional.of(JsonParser.parse(raw.get())) : Optional.empty();
    } catch (JsonException problem) {
      refuse(name, "JSON: " + problem.why());
      return Optional.empty();
    }
  }

  /** Says that the value is not what is allowed. */
  public void refuse(String name, String allowed) {
    problems.error(
        INVALID, key(name) + ": \"" + shorten(text(name).orElse("")) + "\" must be " + allowed);
  }

  public Problems problems() {
    return problems;
  }

  private <T> Optional<T> read(String name, Function<String, Optional<T>> parse, String allowed) {
    var raw = text(name);
    var value = raw.flatMap(parse);
    if (raw.isPresent() && value.isEmpty()) {
      refuse(name, allowed);
    }
    return value;
  }

  private static String shorten(String value) {
    return value.length() <= 200 ? value : value.substring(0, 200) + "…";
  }
}
