package dev.penstock.schemas.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Derives the Avro schema of one root type and remembers which class each named schema stands for.
 * The Avro name of a type is its canonical Java name. The same class gives the same schema, byte
 * for byte.
 */
final class SchemaDerivation {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Class<?>, Schema> schemas = new LinkedHashMap<>();
  private final Set<Class<?>> open = new HashSet<>();

  Schema derive(Type type) {
    return switch (type) {
      case Class<?> c when c == String.class -> Schema.create(Schema.Type.STRING);
      case Class<?> c when c == boolean.class || c == Boolean.class ->
          Schema.create(Schema.Type.BOOLEAN);
      case Class<?> c when c == int.class || c == Integer.class -> Schema.create(Schema.Type.INT);
      case Class<?> c when c == long.class || c == Long.class -> Schema.create(Schema.Type.LONG);
      case Class<?> c when c == double.class || c == Double.class ->
          Schema.create(Schema.Type.DOUBLE);
      case Class<?> c when c == Instant.class ->
          LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      case Class<?> c when c.isEnum() -> enumeration(c);
      case Class<?> c when c.isRecord() -> record(c);
      case Class<?> c when c.isSealed() && c.isInterface() -> Schema.createUnion(cases(c));
      case ParameterizedType p -> parameterized(p);
      default -> throw new IllegalArgumentException("no Avro type for " + type);
    };
  }

  /** The classes met, in the order of first use. */
  Map<Class<?>, Schema> named() {
    return schemas;
  }

  private Schema parameterized(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return Schema.createArray(derive(arguments[0]));
    }
    if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return Schema.createMap(derive(arguments[1]));
    }
    if (type.getRawType() == Optional.class) {
      return nullable(derive(arguments[0]));
    }
    throw new IllegalArgumentException("no Avro type for " + type);
  }

  private static Schema nullable(Schema schema) {
    var branches = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
    branches.addAll(schema.isUnion() ? schema.getTypes() : List.of(schema));
    return Schema.createUnion(branches);
  }

  private List<Schema> cases(Class<?> sealed) {
    return flatten(sealed).distinct().map(this::derive).toList();
  }

  private static Stream<Class<?>> flatten(Class<?> type) {
    return type.isSealed() && type.isInterface()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SchemaDerivation::flatten)
        : Stream.of(type);
  }

  private Schema enumeration(Class<?> type) {
    return schemas.computeIfAbsent(
        type,
        _ -> {
          List<String> symbols =
              Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
          Default fallback = type.getAnnotation(Default.class);
          String symbol = fallback == null ? null : fallback.value();
          Schema schema =
              Schema.createEnum(type.getSimpleName(), null, namespace(type), symbols, symbol);
          alias(schema, type);
          return schema;
        });
  }

  private Schema record(Class<?> type) {
    Schema known = schemas.get(type);
    if (known != null) {
      if (open.contains(type)) {
        throw new IllegalArgumentException("recursive record " + type.getName());
      }
      return known;
    }
    Schema schema = Schema.createRecord(type.getSimpleName(), null, namespace(type), false);
    schemas.put(type, schema);
    open.add(type);
    alias(schema, type);
    schema.setFields(Arrays.stream(type.getRecordComponents()).map(this::field).toList());
    open.remove(type);
    return schema;
  }

  private Schema.Field field(RecordComponent component) {
    Schema schema = derive(component.getGenericType());
    var field = new Schema.Field(component.getName(), schema, null, initial(component));
    Aliases aliases = component.getAnnotation(Aliases.class);
    if (aliases != null) {
      Arrays.stream(aliases.value()).forEach(field::addAlias);
    }
    return field;
  }

  private static @Nullable Object initial(RecordComponent component) {
    Default declared = component.getAnnotation(Default.class);
    if (declared != null) {
      return json(declared.value());
    }
    if (component.getType() == Optional.class) {
      return JsonProperties.NULL_VALUE;
    }
    if (component.getType() == List.class) {
      return List.of();
    }
    return component.getType() == Map.class ? Map.of() : null;
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (IOException e) {
      throw new UncheckedIOException("@Default is not JSON: " + text, e);
    }
  }

  private static void alias(Schema schema, Class<?> type) {
    Aliases aliases = type.getAnnotation(Aliases.class);
    if (aliases != null) {
      Arrays.stream(aliases.value()).forEach(schema::addAlias);
    }
  }

  private static String namespace(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getPackageName() : outer.getCanonicalName();
  }
}
