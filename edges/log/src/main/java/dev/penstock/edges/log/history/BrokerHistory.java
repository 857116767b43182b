package dev.penstock.edges.log.history;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.SchemaSource;
import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a broker. What is in them of penstock.events was read by the reconciler before the
 * ends of the others were asked for, so that what followed from it is there too.
 */
public final class BrokerHistory implements History {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int LOOKS = 200;

  private final Connection connection;
  private final Catalogue catalogue;
  private final SchemaRegistry registry;
  private final List<Span> spans;

  private BrokerHistory(Connection connection, Catalogue catalogue, List<Span> spans) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.registry = SchemaRegistry.open(connection);
    this.spans = List.copyOf(spans);
  }

  /**
   * Asks where each topic begins and ends. Waits some seconds for the reconciler, whose consumer
   * group this is, to read what is there; one that has not done so by then is behind.
   */
  public static BrokerHistory open(Connection connection, Catalogue catalogue, String group)
      throws LogFailed {
    var spans = new ArrayList<Span>();
    try (var consumer = consumer(connection);
        var admin = Admin.create(ClientSettings.admin(connection))) {
      for (var topic : Topics.all()) {
        var places =
            IntStream.range(0, catalogue.partitions(topic))
                .mapToObj(p -> new TopicPartition(catalogue.name(topic), p))
                .toList();
        var begins = consumer.beginningOffsets(places);
        var ends = consumer.endOffsets(places);
        for (var place : places) {
          var begin = begins.getOrDefault(place, 0L);
          spans.add(new Span(topic, place.partition(), begin, ends.getOrDefault(place, 0L)));
        }
        // Topics.all() begins with penstock.events.
        if (topic.equals(Topics.EVENTS)) {
          await(admin, group, ends);
        }
      }
      return new BrokerHistory(connection, catalogue, spans);
    } catch (KafkaException e) {
      throw Failures.of("asking where the topics end", e);
    }
  }

  private static void await(Admin admin, String group, Map<TopicPartition, Long> ends)
      throws LogFailed {
    for (int look = 0; look < LOOKS && behind(admin, group, ends); look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static boolean behind(Admin admin, String group, Map<TopicPartition, Long> ends)
      throws LogFailed {
    var read =
        Failures.await(
            "asking how far " + group + " has read",
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .filter(end -> end.getValue() > 0)
        .anyMatch(end -> {
          var offset = read.get(end.getKey());
          return offset != null && offset.offset() < end.getValue();
        });
  }

  private static KafkaConsumer<String, byte[]> consumer(Connection connection) {
    return new KafkaConsumer<>(
        ClientSettings.reader(connection), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public List<Span> spans() {
    return spans;
  }

  @Override
  public SchemaSource schemas() {
    return registry;
  }

  @Override
  public Cursor open(Span span, long from) throws LogFailed {
    var place = new TopicPartition(catalogue.name(span.topic()), span.partition());
    var consumer = consumer(connection);
    try {
      consumer.assign(List.of(place));
      consumer.seek(place, Math.max(from, span.beginning()));
      return new BrokerCursor(consumer, place, span.end());
    } catch (KafkaException e) {
      consumer.close();
      throw Failures.of("opening " + place, e);
    }
  }

  @Override
  public void close() {}
}
