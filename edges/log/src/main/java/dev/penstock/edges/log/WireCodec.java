package dev.penstock.edges.log;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Records in Confluent's wire format: a zero byte, the schema's id in four, Avro. Decoding never
 * throws. Equal values give equal bytes as long as the schema is the same.
 */
public final class WireCodec<T> {
  private final WireDecoder<T> decoder;
  private final RecordCodec<T> codec;
  private final byte[] header;

  private WireCodec(SchemaSource schemas, RecordCodec<T> codec, int id) {
    this.decoder = new WireDecoder<>(schemas, codec);
    this.codec = codec;
    this.header = ByteBuffer.allocate(WireDecoder.HEADER_BYTES).put((byte) 0).putInt(id).array();
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

  /** The codec that writes values under an id which {@code schemas} knows. */
  public static <T> WireCodec<T> of(SchemaSource schemas, int id, Class<T> type) {
    return new WireCodec<>(schemas, RecordCodec.of(type), id);
  }

  public byte[] encode(T value) {
    var out = new ByteArrayOutputStream(512);
    out.writeBytes(header);
    codec.encode(value, out);
    return out.toByteArray();
  }

  public Decoded<T> decode(byte[] bytes) {
    return decoder.decode(bytes);
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
