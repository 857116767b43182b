package dev.penstock.schemas.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.FastReaderBuilder;

/**
 * Reads and writes one record type (or a sealed interface of records) as raw Avro, without header.
 * Equal values give equal bytes; decoding never throws anything but {@link DecodeException}. Safe
 * for use by many threads.
 */
public final class RecordCodec<T> {
  private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(512);

  private final Class<T> type;
  private final Schema schema;
  private final Schema readSchema;
  private final RecordModel model;
  private final RecordWriter writer;
  private final Map<Schema, DatumReader<Object>> readers = new ConcurrentHashMap<>();

  private RecordCodec(Class<T> type, Schema schema, RecordModel model) {
    this.type = type;
    this.schema = schema;
    this.readSchema = readable(schema);
    this.model = model;
    this.writer = new RecordWriter(schema, model);
  }

  /** Fails with {@link IllegalArgumentException} if the type has no Avro form. */
  public static <T> RecordCodec<T> of(Class<T> type) {
    var derivation = new SchemaDerivation();
    Schema schema = derivation.derive(type);
    return new RecordCodec<>(type, schema, new RecordModel(derivation.named()));
  }

  /** The schema with which this codec writes; a union if the type is a sealed interface. */
  public Schema schema() {
    return schema;
  }

  public Class<T> type() {
    return type;
  }

  public byte[] encode(T value) {
    var out = new ByteArrayOutputStream(256);
    encode(value, out);
    return out.toByteArray();
  }

  /** Appends the bytes of the value. */
  public void encode(T value, ByteArrayOutputStream out) {
    BinaryEncoder encoder = ENCODERS.binaryEncoder(out, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what was written with this codec's own schema. */
  public T decode(byte[] bytes) throws DecodeException {
    return decode(bytes, 0, schema);
  }

  /** Reads everything from the offset on, as written with the writer's schema. */
  public T decode(byte[] bytes, int offset, Schema written) throws DecodeException {
    BinaryDecoder in =
        DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null);
    try {
      T value = type.cast(read(written, in));
      if (!in.isEnd()) {
        throw new DecodeException(DecodeException.Fault.MALFORMED, "bytes after the record");
      }
      return value;
    } catch (AvroTypeException e) {
      throw new DecodeException(DecodeException.Fault.INCOMPATIBLE, reason(e), e);
    } catch (IOException | RuntimeException e) {
      throw new DecodeException(DecodeException.Fault.MALFORMED, reason(e), e);
    }
  }

  private Object read(Schema written, BinaryDecoder in) throws IOException {
    return Objects.requireNonNull(Draft.finish(reader(written).read(null, in)), "null");
  }

  private DatumReader<Object> reader(Schema written) {
    return readers.computeIfAbsent(written, this::reading);
  }

  private DatumReader<Object> reading(Schema written) {
    try {
      return new FastReaderBuilder(model).createDatumReader(written, readSchema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema with the mark that makes Avro read strings as Java's. */
  private static Schema readable(Schema schema) {
    Schema copy = new Schema.Parser().parse(schema.toString());
    mark(copy, new HashSet<>());
    return copy;
  }

  private static void mark(Schema schema, Set<String> done) {
    switch (schema.getType()) {
      case STRING -> GenericData.setStringType(schema, GenericData.StringType.String);
      case MAP -> {
        GenericData.setStringType(schema, GenericData.StringType.String);
        mark(schema.getValueType(), done);
      }
      case ARRAY -> mark(schema.getElementType(), done);
      case UNION -> schema.getTypes().forEach(s -> mark(s, done));
      case RECORD -> {
        if (done.add(schema.getFullName())) {
          schema.getFields().forEach(f -> mark(f.schema(), done));
        }
      }
      case ENUM, FIXED, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
