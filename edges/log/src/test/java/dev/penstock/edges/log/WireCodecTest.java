package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.topic.DeadLetter;
import dev.penstock.schemas.topic.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class WireCodecTest {
  private final MockSchemaRegistryClient client = new MockSchemaRegistryClient();
  private final SchemaRegistry registry = new SchemaRegistry(client);
  private final Catalogue catalogue = Catalogue.small("x.");
  private final Event event = Examples.refused(Examples.scope("1"), "k", "because");

  @Test
  void aCodecWithoutARegisteredSchemaIsRefused() {
    var failure = assertThrows(LogFailed.class, this::events);
    assertEquals(Fault.MISCONFIGURED, failure.fault());
  }

  @Test
  void bytesBeginWithZeroAndTheSchemasId() throws Exception {
    registry.registerAll(catalogue);
    byte[] bytes = events().encode(event);
    int id = client.getLatestSchemaMetadata("x.penstock.events-value").getId();
    assertEquals(0, bytes[0]);
    assertEquals(id, ByteBuffer.wrap(bytes).getInt(1));
    assertEquals(new Decoded.Ok<>(event), events().decode(bytes));
  }

  @Test
  void foreignBytesAreMalformed() throws LogFailed {
    registry.registerAll(catalogue);
    for (byte[] bytes :
        new byte[][] {{}, {0}, {0, 0, 0}, {7, 0, 0, 0, 1, 2}, "{\"json\":1}".getBytes()}) {
      assertInstanceOf(Decoded.Malformed.class, events().decode(bytes));
    }
    byte[] cut = events().encode(event);
    assertInstanceOf(Decoded.Malformed.class, events().decode(Arrays.copyOf(cut, cut.length - 1)));
  }

  @Test
  void aSchemaThatNobodyKnowsIsUnknownAndNotMalformed() throws LogFailed {
    registry.registerAll(catalogue);
    byte[] bytes = events().encode(event);
    bytes[1] = 0x55;
    assertInstanceOf(Decoded.UnknownSchema.class, events().decode(bytes));
  }

  @Test
  void aSchemaOfAnotherKindIsUnknown() throws Exception {
    registry.registerAll(catalogue);
    byte[] bytes = events().encode(event);
    int id = client.register("other", new AvroSchema("{\"type\":\"array\",\"items\":\"int\"}"));
    ByteBuffer.wrap(bytes).putInt(1, id);
    assertInstanceOf(Decoded.UnknownSchema.class, events().decode(bytes));
  }

  @Test
  void theSerdeThrowsWhatItCannotRead() throws LogFailed {
    registry.registerAll(catalogue);
    var serde = WireCodec.open(registry, catalogue, Topics.DEAD_LETTERS, DeadLetter.class).serde();
    var letter = new DeadLetter("t", 1, 2, "k", "r", "00");
    assertEquals(
        letter, serde.deserializer().deserialize("t", serde.serializer().serialize("t", letter)));
    assertEquals(null, serde.deserializer().deserialize("t", null));
    assertThrows(
        SerializationException.class, () -> serde.deserializer().deserialize("t", new byte[] {9}));
  }

  private WireCodec<Event> events() throws LogFailed {
    return WireCodec.open(registry, catalogue, Topics.EVENTS, Event.class);
  }
}
