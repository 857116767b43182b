package dev.penstock.schemas.avro;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one record class is taken apart and put together; an empty Optional is Avro's null. */
final class Shape {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);
  private static final MethodType MAKE = MethodType.methodType(Object.class, Object[].class);

  private final MethodHandle constructor;
  private final MethodHandle[] accessors;
  private final boolean[] optional;

  private Shape(MethodHandle constructor, MethodHandle[] accessors, boolean[] optional) {
    this.constructor = constructor;
    this.accessors = accessors;
    this.optional = optional;
  }

  static Shape of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    var accessors = new MethodHandle[components.length];
    var optional = new boolean[components.length];
    try {
      var canonical =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      for (int i = 0; i < components.length; i++) {
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        accessors[i] = LOOKUP.unreflect(accessor).asType(READ);
        optional[i] = components[i].getType() == Optional.class;
      }
      MethodHandle constructor =
          LOOKUP
              .unreflectConstructor(canonical)
              .asSpreader(Object[].class, components.length)
              .asType(MAKE);
      return new Shape(constructor, accessors, optional);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not a readable record: " + type.getName(), e);
    }
  }

  int size() {
    return accessors.length;
  }

  @Nullable Object read(Object record, int position) {
    Object value;
    try {
      value = accessors[position].invokeExact(record);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return optional[position] ? ((Optional<?>) value).orElse(null) : value;
  }

  Object make(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (optional[i]) {
        values[i] = Optional.ofNullable(values[i]);
      }
    }
    try {
      return constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
