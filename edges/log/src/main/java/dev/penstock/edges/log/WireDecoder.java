package dev.penstock.edges.log;

import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;

/** Reads records in Confluent's wire format with the schemas of any source. Never throws. */
public final class WireDecoder<T> {
  /** What stands before the Avro bytes of a value: a zero byte and the schema's id. */
  public static final int HEADER_BYTES = 5;

  private final SchemaSource schemas;
  private final RecordCodec<T> codec;

  WireDecoder(SchemaSource schemas, RecordCodec<T> codec) {
    this.schemas = schemas;
    this.codec = codec;
  }

  public static <T> WireDecoder<T> of(SchemaSource schemas, Class<T> type) {
    return new WireDecoder<>(schemas, RecordCodec.of(type));
  }

  public Decoded<T> decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != 0) {
      return new Decoded.Malformed<>("not in Confluent's wire format");
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    try {
      Optional<Schema> written = schemas.schema(id);
      return written.isEmpty()
          ? new Decoded.UnknownSchema<>(id, "the registry does not know it")
          : new Decoded.Ok<>(codec.decode(bytes, HEADER_BYTES, written.get()));
    } catch (LogFailed e) {
      return new Decoded.UnknownSchema<>(id, String.valueOf(e.getMessage()));
    } catch (DecodeException e) {
      String reason = String.valueOf(e.getMessage());
      return switch (e.fault()) {
        case INCOMPATIBLE -> new Decoded.UnknownSchema<>(id, reason);
        case MALFORMED -> new Decoded.Malformed<>(reason);
      };
    }
  }
}
