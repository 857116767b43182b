package dev.penstock.schemas.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Changes a record by a tree of maps, lists, texts, numbers and booleans, as a YAML or JSON parser
 * gives it. What is not named stays. Every key must be a component; all problems are reported at
 * once, unknown keys with the nearest known one.
 */
public final class RecordChange {
  private final List<String> problems = new ArrayList<>();

  private RecordChange() {}

  /**
   * The record with the changes made.
   *
   * @throws ChangeRefused with each unknown key and each wrong type
   */
  public static <R extends Record> R apply(R base, Map<String, ?> changes) throws ChangeRefused {
    var change = new RecordChange();
    var result = change.record("", base, changes);
    if (!change.problems.isEmpty()) {
      throw new ChangeRefused(change.problems);
    }
    @SuppressWarnings("unchecked") // record() builds the class of its argument
    var typed = (R) result;
    return typed;
  }

  /** The components that a tree of changes names, dotted: {@code dns.policy}. */
  public static List<String> paths(Record base, Map<String, ?> changes) {
    var paths = new ArrayList<String>();
    for (var component : base.getClass().getRecordComponents()) {
      var name = component.getName();
      var change = changes.get(name);
      if (change instanceof Map<?, ?> map && read(base, component) instanceof Record nested) {
        paths(nested, texts(map)).forEach(path -> paths.add(name + "." + path));
      } else if (change != null) {
        paths.add(name);
      }
    }
    return paths;
  }

  /** The base with the named components of the other; a path that names none is passed over. */
  public static <R extends Record> R take(R base, R from, List<String> paths) {
    @SuppressWarnings("unchecked") // taken() builds the class of its argument
    var typed = (R) taken(base, from, paths);
    return typed;
  }

  private static Record taken(Record base, Record from, List<String> paths) {
    var components = base.getClass().getRecordComponents();
    var values = new Object[components.length];
    for (var i = 0; i < components.length; i++) {
      var prefix = components[i].getName() + ".";
      var inner =
          paths.stream()
              .filter(path -> path.startsWith(prefix))
              .map(path -> path.substring(prefix.length()))
              .toList();
      var old = read(base, components[i]);
      var given = read(from, components[i]);
      if (paths.contains(components[i].getName())) {
        values[i] = given;
      } else if (!inner.isEmpty() && old instanceof Record a && given instanceof Record b) {
        values[i] = taken(a, b, inner);
      } else {
        values[i] = old;
      }
    }
    return new RecordChange().construct(base, components, values, "");
  }

  private Record record(String path, Record base, Map<String, ?> changes) {
    var components = base.getClass().getRecordComponents();
    var names = Arrays.stream(components).map(RecordComponent::getName).toList();
    for (var key : changes.keySet()) {
      if (!names.contains(key)) {
        problems.add(
            "unknown key "
                + path
                + key
                + "; the nearest known one is "
                + path
                + nearest(key, names));
      }
    }
    var values = new Object[components.length];
    for (var i = 0; i < components.length; i++) {
      var name = components[i].getName();
      var old = read(base, components[i]);
      var change = changes.get(name);
      values[i] =
          change == null ? old : value(path + name, components[i].getGenericType(), old, change);
    }
    return construct(base, components, values, path);
  }

  private Object value(String path, Type type, Object old, Object change) {
    if (old instanceof Record nested && change instanceof Map<?, ?> map) {
      return record(path + ".", nested, texts(map));
    }
    if (type == String.class && !(change instanceof Map) && !(change instanceof List)) {
      return change.toString();
    }
    if (type == boolean.class && change instanceof Boolean) {
      return change;
    }
    if (type == long.class && change instanceof Number number) {
      return number.longValue();
    }
    if (type == int.class && change instanceof Number number) {
      return number.intValue();
    }
    if (old instanceof Enum<?> choice && change instanceof String text) {
      var chosen = constant(choice, text);
      if (chosen.isPresent()) {
        return chosen.get();
      }
    }
    if (type instanceof ParameterizedType generic) {
      var changed = generic(path, generic, change);
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    problems.add(path + " must be " + words(type) + ", not: " + change);
    return old;
  }

  /** Words as people write them: lower case, with dashes. */
  private static Optional<Enum<?>> constant(Enum<?> old, String text) {
    return constants(old.getDeclaringClass())
        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static Stream<Enum<?>> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(constant -> (Enum<?>) constant);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Optional<Object> generic(String path, ParameterizedType type, Object change) {
    if (type.getRawType() == List.class
        && change instanceof List<?> list
        && list.stream().allMatch(Objects::nonNull)) {
      return type.getActualTypeArguments()[0] instanceof Class<?> entry && entry.isRecord()
          ? Optional.of(entries(path, entry, list))
          : Optional.of(list.stream().map(Object::toString).toList());
    }
    if (type.getRawType() == Optional.class && change instanceof String text) {
      return Optional.of(text.isEmpty() ? Optional.empty() : Optional.of(text));
    }
    if (type.getRawType() == Map.class && change instanceof Map<?, ?> map) {
      var toFlags = type.getActualTypeArguments()[1] == Boolean.class;
      var result = new TreeMap<String, Object>();
      map.forEach((k, v) ->
          result.put(k.toString(), toFlags ? Boolean.valueOf(v.toString()) : v.toString()));
      return Optional.of(result);
    }
    return Optional.empty();
  }

  /** What an entry of a list does not name is empty. */
  private List<Record> entries(String path, Class<?> type, List<?> changes) {
    var entries = new ArrayList<Record>();
    for (var i = 0; i < changes.size(); i++) {
      var entry = path + "[" + i + "]";
      if (changes.get(i) instanceof Map<?, ?> map) {
        entries.add(record(entry + ".", empty(type), texts(map)));
      } else {
        problems.add(entry + " must be a map, not: " + changes.get(i));
      }
    }
    return List.copyOf(entries);
  }

  private static Record empty(Class<?> type) {
    var components = type.getRecordComponents();
    var values =
        Arrays.stream(components)
            .map(component -> component.getType() == List.class ? List.of() : "")
            .toArray();
    try {
      return made(type, components, values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " cannot be empty", e);
    }
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    var result = new TreeMap<String, Object>();
    map.forEach((key, value) -> result.put(String.valueOf(key), value));
    return result;
  }

  private static String words(Type type) {
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return "one of " + constants(choice).map(RecordChange::word).toList();
    }
    return switch (type.getTypeName()) {
      case "boolean" -> "true or false";
      case "int", "long" -> "a whole number";
      case "java.lang.String" -> "a text";
      default -> type.getTypeName().contains("List") ? "a list" : "a map";
    };
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private Record construct(
      Record base, RecordComponent[] components, Object[] values, String path) {
    try {
      return made(base.getClass(), components, values);
    } catch (InvocationTargetException e) {
      problems.add((path.isEmpty() ? "" : path + ": ") + e.getCause());
      return base;
    }
  }

  private static Record made(Class<?> type, RecordComponent[] components, Object[] values)
      throws InvocationTargetException {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (Record) type.getDeclaredConstructor(types).newInstance(values);
    } catch (InstantiationException | IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  /** The known word with the smallest edit distance. */
  public static String nearest(String word, List<String> known) {
    var best = known.getFirst();
    for (var candidate : known) {
      if (distance(candidate, word) < distance(best, word)) {
        best = candidate;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    var previous = new int[b.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (var i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
