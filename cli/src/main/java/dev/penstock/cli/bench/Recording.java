package dev.penstock.cli.bench;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events of a run as the log holds them, and what the reconciler makes of them. */
record Recording(List<Kept> events) {
  /** One record: decoded, and as its bytes. */
  record Kept(Event event, String key, byte[] bytes, int partition, long position, Instant time) {}

  static Recording of(Connection connection, Catalogue catalogue) throws LogFailed, IOException {
    var schemas = SchemaRegistry.open(connection);
    var codec = WireCodec.open(schemas, catalogue, Topics.EVENTS, Event.class);
    var topic = catalogue.name(Topics.EVENTS);
    var partitions =
        IntStream.range(0, catalogue.partitions(Topics.EVENTS))
            .mapToObj(p -> new TopicPartition(topic, p))
            .toList();
    var kept = new ArrayList<Kept>();
    try (var consumer =
        new KafkaConsumer<>(
            ClientSettings.reader(connection),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (codec.decode(record.value()) instanceof Decoded.Ok<Event>(var event)) {
            kept.add(
                new Kept(
                    event,
                    record.key(),
                    record.value(),
                    record.partition(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp())));
          }
        }
      }
    }
    if (kept.isEmpty()) {
      throw new BenchFailed("the log holds no event");
    }
    return new Recording(kept);
  }

  /** The tables after all events. */
  MemoryTables replay() {
    var tables = new MemoryTables();
    events.forEach(e -> Step.step(tables, e.event(), e.position(), e.time()));
    return tables;
  }

  long bytes() {
    return events.stream().mapToLong(e -> e.bytes().length).sum();
  }

  /** Events that are not ticks: a reconciler adds ticks of its own. */
  long facts() {
    return events.stream().filter(e -> !(e.event().body() instanceof ScopeFact.Tick)).count();
  }
}
