package dev.penstock.edges.log;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes values of any record type out of a seed, and remembers which record classes it used. */
final class Specimens {
  private final Random random;
  private final SortedSet<String> used = new TreeSet<>();

  Specimens(long seed) {
    this.random = new Random(seed);
  }

  <T> T of(Class<T> type) {
    return type.cast(value(type));
  }

  /** The Avro names of the record classes that were used so far. */
  SortedSet<String> used() {
    return used;
  }

  private Object value(Type type) {
    return switch (type) {
      case Class<?> c when c == String.class -> "s" + random.nextInt(1000);
      case Class<?> c when c == boolean.class || c == Boolean.class -> random.nextBoolean();
      case Class<?> c when c == int.class || c == Integer.class -> random.nextInt(1, 65_000);
      case Class<?> c when c == long.class || c == Long.class -> random.nextLong(1L << 40);
      case Class<?> c when c == double.class || c == Double.class -> random.nextDouble();
      case Class<?> c when c == Instant.class -> Instant.ofEpochMilli(random.nextLong(1L << 41));
      case Class<?> c when c.isEnum() -> one(List.of(c.getEnumConstants()));
      case Class<?> c when c.isRecord() -> record(c);
      case Class<?> c when c.isSealed() -> value(oneCase(cases(c).toList()));
      case ParameterizedType p -> parameterized(p);
      default -> throw new IllegalArgumentException("no specimen of " + type);
    };
  }

  private Object parameterized(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    int size = random.nextInt(3);
    if (type.getRawType() == Optional.class) {
      return size == 0 ? Optional.empty() : Optional.of(value(arguments[0]));
    }
    if (type.getRawType() == List.class) {
      var list = new ArrayList<Object>();
      for (int i = 0; i < size; i++) {
        list.add(value(arguments[0]));
      }
      return List.copyOf(list);
    }
    Map<String, Object> map = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      map.put("k" + i, value(arguments[1]));
    }
    return map;
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(c -> value(c.getGenericType())).toArray(Object[]::new);
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    used.add(type.getCanonicalName());
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " refuses " + Arrays.toString(values), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A case that was not used yet, if there is one. */
  private Class<?> oneCase(List<Class<?>> cases) {
    var unused = cases.stream().filter(c -> !used.contains(c.getCanonicalName())).toList();
    return one(unused.isEmpty() ? cases : unused);
  }

  private <E> E one(List<E> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static Stream<Class<?>> cases(Class<?> type) {
    return type.isSealed() && type.isInterface()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Specimens::cases)
        : Stream.of(type);
  }
}
