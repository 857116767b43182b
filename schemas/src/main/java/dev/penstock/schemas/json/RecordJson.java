package dev.penstock.schemas.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records as JSON. Members stand in the order of the components; the case of a sealed
 * interface begins with a member {@code kind}, or {@code case} where a component is called so; an
 * absent Optional has no member; an Instant is ISO 8601. The same value gives the same text.
 */
public final class RecordJson {
  private RecordJson() {}

  /**
   * The text of a record, or of a list, map, text, number, boolean, enum, Instant or Optional.
   *
   * @throws IllegalArgumentException for any other type
   */
  public static String write(Object value) {
    var out = new StringBuilder(256);
    value(value, out);
    return out.toString();
  }

  private static void value(Object value, StringBuilder out) {
    switch (value) {
      case Record record -> object(record, out);
      case String text -> text(text, out);
      case Boolean _, Integer _, Long _, Double _ -> out.append(value);
      case Instant instant -> text(instant.toString(), out);
      case Enum<?> choice -> text(choice.name(), out);
      case Optional<?> optional ->
          optional.ifPresentOrElse(v -> value(v, out), () -> out.append("null"));
      case List<?> list -> list(list, out);
      case Map<?, ?> map -> map(map, out);
      default -> throw new IllegalArgumentException("no JSON form: " + value.getClass());
    }
  }

  private static void object(Record record, StringBuilder out) {
    out.append('{');
    var first = true;
    if (isCase(record.getClass())) {
      out.append(hasKind(record.getClass()) ? "\"case\":" : "\"kind\":");
      text(record.getClass().getSimpleName(), out);
      first = false;
    }
    for (var component : record.getClass().getRecordComponents()) {
      var value = read(record, component);
      if (value instanceof Optional<?> optional && optional.isEmpty()) {
        continue;
      }
      if (!first) {
        out.append(',');
      }
      first = false;
      text(component.getName(), out);
      out.append(':');
      value(value, out);
    }
    out.append('}');
  }

  private static boolean hasKind(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals("kind"));
  }

  private static boolean isCase(Class<?> type) {
    for (var parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        return true;
      }
    }
    return false;
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static void list(List<?> list, StringBuilder out) {
    out.append('[');
    for (var i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(list.get(i), out);
    }
    out.append(']');
  }

  private static void map(Map<?, ?> map, StringBuilder out) {
    out.append('{');
    var first = true;
    for (var entry : map.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      text(String.valueOf(entry.getKey()), out);
      out.append(':');
      value(entry.getValue(), out);
    }
    out.append('}');
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
