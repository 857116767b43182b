package dev.penstock.schemas.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;

/** Avro's generic data, with Java records for records and Java enums for enums. */
final class RecordModel extends GenericData {
  private final Map<Class<?>, Schema> schemas;
  private final Map<Class<?>, Shape> byClass = new HashMap<>();
  private final Map<String, Shape> byName = new HashMap<>();
  private final Map<String, Map<String, Object>> constants = new HashMap<>();

  RecordModel(Map<Class<?>, Schema> schemas) {
    this.schemas = schemas;
    schemas.forEach(this::learn);
    addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
  }

  private void learn(Class<?> type, Schema schema) {
    if (type.isEnum()) {
      var symbols = new HashMap<String, Object>();
      for (Object constant : type.getEnumConstants()) {
        symbols.put(((Enum<?>) constant).name(), constant);
      }
      constants.put(schema.getFullName(), symbols);
    } else {
      Shape shape = Shape.of(type);
      byClass.put(type, shape);
      byName.put(schema.getFullName(), shape);
    }
  }

  @Override
  public Object newRecord(Object old, Schema schema) {
    return new Draft(schema, shape(schema));
  }

  private Shape shape(Schema schema) {
    Shape shape = byName.get(schema.getFullName());
    if (shape == null) {
      throw new IllegalStateException("no record for " + schema.getFullName());
    }
    return shape;
  }

  @Override
  protected boolean isRecord(Object datum) {
    return datum instanceof java.lang.Record;
  }

  @Override
  protected Schema getRecordSchema(Object record) {
    return schemaOf(record.getClass());
  }

  @Override
  protected boolean isEnum(Object datum) {
    return datum instanceof Enum<?>;
  }

  @Override
  protected Schema getEnumSchema(Object constant) {
    return schemaOf(((Enum<?>) constant).getDeclaringClass());
  }

  private Schema schemaOf(Class<?> type) {
    Schema schema = schemas.get(type);
    if (schema == null) {
      throw new IllegalArgumentException(type.getName() + " is not part of this schema");
    }
    return schema;
  }

  private Shape shape(Object record) {
    Shape shape = byClass.get(record.getClass());
    if (shape == null) {
      throw new IllegalArgumentException(record.getClass().getName() + " is not in this schema");
    }
    return shape;
  }

  @Override
  public Object getField(Object record, String name, int position) {
    return value(shape(record), record, position);
  }

  @Override
  protected Object getRecordState(Object record, Schema schema) {
    // Avro reads a default into a draft, and copies it, as if it were a record of ours.
    return record instanceof Draft ? shape(schema) : shape(record);
  }

  @Override
  protected Object getField(Object record, String name, int position, Object state) {
    return record instanceof Draft draft
        ? draft.get(position)
        : value((Shape) state, record, position);
  }

  @SuppressWarnings("NullAway") // Avro's contract: null is the value of a null branch
  private static Object value(Shape shape, Object record, int position) {
    return shape.read(record, position);
  }

  @Override
  public Object createEnum(String symbol, Schema schema) {
    Object constant = constants.getOrDefault(schema.getFullName(), Map.of()).get(symbol);
    if (constant == null) {
      throw new IllegalStateException("no constant " + symbol + " in " + schema.getFullName());
    }
    return constant;
  }

  @Override
  public Object newArray(Object old, int size, Schema schema) {
    return new ArrayList<>(size);
  }

  @Override
  public Object newMap(Object old, int size) {
    return new LinkedHashMap<>();
  }
}
