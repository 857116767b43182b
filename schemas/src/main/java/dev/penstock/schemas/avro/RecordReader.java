package dev.penstock.schemas.avro;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/** Builds records through their canonical constructors; lists and maps come out unmodifiable. */
final class RecordReader extends GenericDatumReader<Object> {
  private final RecordModel model;

  RecordReader(Schema writer, Schema reader, RecordModel model) {
    super(writer, reader, model);
    this.model = model;
  }

  @Override
  @SuppressWarnings("NullAway") // Avro passes null for "nothing to reuse"
  protected Object readRecord(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    Shape shape = model.shape(expected);
    var values = new @Nullable Object[shape.size()];
    for (Schema.Field field : in.readFieldOrder()) {
      values[field.pos()] = read(null, field.schema(), in);
    }
    return shape.make(values);
  }

  @Override
  protected Object readArray(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    return List.copyOf((List<?>) super.readArray(old, expected, in));
  }

  @Override
  protected Object readMap(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    return Collections.unmodifiableMap((Map<?, ?>) super.readMap(old, expected, in));
  }

  @Override
  protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
    return in.readString();
  }

  @Override
  protected Object readString(Object old, Decoder in) throws IOException {
    return in.readString();
  }
}
