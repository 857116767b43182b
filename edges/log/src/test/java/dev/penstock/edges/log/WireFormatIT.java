package dev.penstock.edges.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.broker.KafkaFixture;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What we write is read, field by field, by Confluent's own deserializer over the registry's HTTP
 * API, and by us: every record class and every case of every topic.
 */
final class WireFormatIT {
  private static final int SPECIMENS_AT_LEAST = 100;
  private static final int SPECIMENS_AT_MOST = 50_000;

  private final Connection connection =
      Connection.of(KafkaFixture.shared().bootstrapServers(), KafkaFixture.shared().registryUrl());
  private final Catalogue catalogue = Catalogue.small(KafkaFixture.prefix());

  @TestFactory
  Stream<DynamicTest> everyMessageIsReadByConfluentsDeserializer() {
    return Topics.all().stream()
        .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> check(topic, topic.value())));
  }

  private <T> void check(Topic topic, Class<T> type) throws LogFailed {
    SchemaRegistry registry = SchemaRegistry.open(connection);
    registry.registerAll(catalogue);
    WireCodec<T> codec = WireCodec.open(registry, catalogue, topic, type);
    // A registry client of its own: nothing is known to it but what HTTP answers.
    WireCodec<T> stranger = WireCodec.open(SchemaRegistry.open(connection), catalogue, topic, type);
    var classes = records(RecordCodec.of(type).schema(), new TreeSet<>());
    var specimens = new Specimens(topic.name().hashCode());
    Map<String, Object> settings = Map.of("schema.registry.url", connection.registryUrls());
    try (var deserializer = new KafkaAvroDeserializer()) {
      deserializer.configure(settings, false);
      for (int i = 0;
          i < SPECIMENS_AT_LEAST
              || i < SPECIMENS_AT_MOST && specimens.used().size() < classes.size();
          i++) {
        T value = specimens.of(type);
        byte[] bytes = codec.encode(value);
        compare(value, deserializer.deserialize(catalogue.name(topic), bytes));
        assertEquals(new Decoded.Ok<>(value), stranger.decode(bytes));
        assertArrayEquals(bytes, stranger.encode(value));
      }
    }
    assertEquals(classes, specimens.used());
  }

  private static void compare(Object ours, Object theirs) {
    switch (ours) {
      case Record r -> compareFields(r, (GenericRecord) theirs);
      case Optional<?> o when o.isEmpty() -> assertEquals(null, theirs);
      case Optional<?> o -> compare(o.get(), theirs);
      case List<?> l -> {
        var other = new ArrayList<>((Collection<?>) theirs);
        assertEquals(l.size(), other.size());
        for (int i = 0; i < other.size(); i++) {
          compare(l.get(i), other.get(i));
        }
      }
      case Map<?, ?> m -> {
        var other = new TreeMap<String, Object>();
        ((Map<?, ?>) theirs).forEach((k, v) -> other.put(k.toString(), v));
        assertEquals(m.keySet(), other.keySet());
        m.forEach((k, v) -> compare(v, other.get(k)));
      }
      case Instant t -> assertEquals(t.toEpochMilli(), theirs);
      case String s -> assertEquals(s, theirs.toString());
      case Enum<?> e -> assertEquals(e.name(), theirs.toString());
      default -> assertEquals(ours, theirs);
    }
  }

  private static void compareFields(Record ours, GenericRecord theirs) {
    assertEquals(ours.getClass().getCanonicalName(), theirs.getSchema().getFullName());
    for (RecordComponent component : ours.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        compare(component.getAccessor().invoke(ours), theirs.get(component.getName()));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static SortedSet<String> records(Schema schema, SortedSet<String> into) {
    switch (schema.getType()) {
      case RECORD -> {
        if (into.add(schema.getFullName())) {
          schema.getFields().forEach(f -> records(f.schema(), into));
        }
      }
      case UNION -> schema.getTypes().forEach(s -> records(s, into));
      case ARRAY -> records(schema.getElementType(), into);
      case MAP -> records(schema.getValueType(), into);
      default -> {}
    }
    return into;
  }
}
