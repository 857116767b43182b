package dev.penstock.edges.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** The unpacked classes work, and Confluent's own check agrees with ours on every schema. */
final class ConfluentClassesTest {
  private static final Path AVRO =
      Path.of(System.getProperty("project.root", "../.."), "schemas/src/main/avro");

  @Test
  void serializerAndDeserializerRoundTripThroughTheMockRegistry() {
    var registry = new MockSchemaRegistryClient();
    Map<String, Object> settings = Map.of("schema.registry.url", "mock://classes");
    try (var serializer = new KafkaAvroSerializer(registry, settings);
        var deserializer = new KafkaAvroDeserializer(registry, settings)) {
      var schema = RecordCodec.of(Topics.DEAD_LETTERS.value()).schema();
      var letter = new GenericData.Record(schema);
      letter.put("topic", "t");
      letter.put("partition", 1);
      letter.put("position", 2L);
      letter.put("key", "k");
      letter.put("reason", "r");
      letter.put("valueHex", "00");
      byte[] bytes = serializer.serialize("t", letter);
      var read = (GenericRecord) deserializer.deserialize("t", bytes);
      assertEquals("k", read.get("key").toString());
    }
  }

  @Test
  void confluentParsesEverySchemaToTheSameCanonicalForm() {
    for (Topic topic : Topics.all()) {
      var schema = RecordCodec.of(topic.value()).schema();
      assertEquals(schema, new AvroSchema(schema.toString()).rawSchema(), topic.name());
    }
  }

  @Test
  void everySchemaIsFullTransitiveToItsReleases() throws IOException {
    for (Topic topic : Topics.all()) {
      var current = new AvroSchema(RecordCodec.of(topic.value()).schema());
      assertEquals(
          List.of(),
          current.isCompatible(CompatibilityLevel.FULL_TRANSITIVE, released(topic)),
          topic.name());
    }
  }

  @Test
  void confluentsCheckFindsAnAddedComponentWithoutADefault() {
    var before = new AvroSchema(record("a"));
    var after = new AvroSchema(record("a", "b"));
    assertFalse(
        after
            .isCompatible(
                CompatibilityLevel.FULL_TRANSITIVE, List.of(new SimpleParsedSchemaHolder(before)))
            .isEmpty());
  }

  /** All released versions, and the current one: a schema is compatible with itself. */
  private static List<ParsedSchemaHolder> released(Topic topic) throws IOException {
    var files = new ArrayList<Path>();
    files.add(AVRO.resolve(topic.name() + ".avsc"));
    if (Files.isDirectory(AVRO.resolve("released"))) {
      try (var releases = Files.list(AVRO.resolve("released"))) {
        releases.sorted().map(r -> r.resolve(topic.name() + ".avsc")).forEach(files::add);
      }
    }
    var holders = new ArrayList<ParsedSchemaHolder>();
    for (Path file : files) {
      if (Files.exists(file)) {
        holders.add(new SimpleParsedSchemaHolder(new AvroSchema(Files.readString(file))));
      }
    }
    return holders;
  }

  private static String record(String... fields) {
    var list =
        List.of(fields).stream().map(f -> "{\"name\":\"" + f + "\",\"type\":\"int\"}").toList();
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + String.join(",", list) + "]}";
  }
}
