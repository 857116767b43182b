package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes, for which the SDK has a type of its own with each kind of resource. */
final class Attributes {
  private Attributes() {}

  /** In the order of their keys. */
  static <A> List<A> write(
      Map<String, String> attributes, BiFunction<String, String, A> attribute) {
    return new TreeMap<>(attributes)
        .entrySet().stream().map(a -> attribute.apply(a.getKey(), a.getValue())).toList();
  }

  static <A> Map<String, String> read(
      Collection<A> attributes, Function<A, String> key, Function<A, @Nullable String> value) {
    var map = new TreeMap<String, String>();
    attributes.forEach(a -> map.put(key.apply(a), Text.of(value.apply(a))));
    return map;
  }
}
