package dev.penstock.schemas.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Reads and writes one record type (or a sealed interface of records) as raw Avro, without header.
 * Equal values give equal bytes; decoding never throws anything but {@link DecodeException}. Safe
 * for use by many threads.
 */
public final class RecordCodec<T> {
  private final Class<T> type;
  private final Schema schema;
  private final RecordModel model;
  private final RecordWriter writer;
  private final Map<Schema, RecordReader> readers = new ConcurrentHashMap<>();

  private RecordCodec(Class<T> type, Schema schema, RecordModel model) {
    this.type = type;
    this.schema = schema;
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
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(value, encoder);
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
      T value = type.cast(reader(written).read(null, in));
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

  private RecordReader reader(Schema written) {
    return readers.computeIfAbsent(written, w -> new RecordReader(w, schema, model));
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
