package dev.penstock.schemas.avro;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;

/** Writes maps in the order of their keys, so that equal values have equal bytes. */
final class RecordWriter extends GenericDatumWriter<Object> {
  RecordWriter(Schema schema, RecordModel model) {
    super(schema, model);
  }

  @Override
  @SuppressWarnings("unchecked")
  protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
    var entries = (Map<Object, Object>) map;
    return entries.size() < 2 || entries instanceof SortedMap<?, ?> s && s.comparator() == null
        ? entries.entrySet()
        : new TreeMap<>(entries).entrySet();
  }

  @Override
  protected void writeEnum(Schema schema, Object datum, Encoder out) throws IOException {
    if (!(datum instanceof Enum<?> constant)) {
      throw new AvroTypeException("not an enum: " + datum);
    }
    out.writeEnum(schema.getEnumOrdinal(constant.name()));
  }
}
