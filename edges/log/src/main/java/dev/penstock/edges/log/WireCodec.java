package dev.penstock.edges.log;

import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Records in Confluent's wire format: a zero byte, the schema's id in four, Avro. Decoding never
 * throws. Equal values give equal bytes as long as the schema is the same.
 */
public final class WireCodec<T> {
  private static final int HEADER = 5;

  private final SchemaRegistry registry;
  private final RecordCodec<T> codec;
  private final byte[] header;

  private WireCodec(SchemaRegistry registry, RecordCodec<T> codec, int id) {
    this.registry = registry;
    this.codec = codec;
    this.header = ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array();
  }

  /** The codec of a topic's values, whose schema must be registered. */
  public static <T> WireCodec<T> open(
      SchemaRegistry registry, Catalogue catalogue, Topic topic, Class<T> type) throws LogFailed {
    if (topic.value() != type) {
      throw new IllegalArgumentException(topic.name() + " does not hold " + type.getName());
    }
    return open(registry, catalogue.subject(topic), type);
  }

  /** The codec of any subject, for what is kept outside the catalogue (changelogs). */
  public static <T> WireCodec<T> open(SchemaRegistry registry, String subject, Class<T> type)
      throws LogFailed {
    RecordCodec<T> codec = RecordCodec.of(type);
    return new WireCodec<>(registry, codec, registry.id(subject, codec.schema()));
  }

  public byte[] encode(T value) {
    var out = new ByteArrayOutputStream(512);
    out.writeBytes(header);
    codec.encode(value, out);
    return out.toByteArray();
  }

  public Decoded<T> decode(byte[] bytes) {
    if (bytes.length < HEADER || bytes[0] != 0) {
      return new Decoded.Malformed<>("not in Confluent's wire format");
    }
    int id = ByteBuffer.wrap(bytes).getInt(1);
    try {
      Optional<Schema> written = registry.schema(id);
      return written.isEmpty()
          ? new Decoded.UnknownSchema<>(id, "the registry does not know it")
          : new Decoded.Ok<>(codec.decode(bytes, HEADER, written.get()));
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

  /** For stores and sinks: what cannot be decoded is a {@link SerializationException}. */
  public Serde<T> serde() {
    return Serdes.serdeFrom(
        (_, value) -> value == null ? null : encode(value),
        (_, bytes) -> bytes == null ? null : strict(bytes));
  }

  private T strict(byte[] bytes) {
    return switch (decode(bytes)) {
      case Decoded.Ok<T>(var value) -> value;
      case Decoded.UnknownSchema<T>(var id, var reason) ->
          throw new SerializationException("schema " + id + ": " + reason);
      case Decoded.Malformed<T>(var reason) -> throw new SerializationException(reason);
    };
  }
}
