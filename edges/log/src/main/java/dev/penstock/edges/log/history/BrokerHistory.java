package dev.penstock.edges.log.history;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.SchemaSource;
import dev.penstock.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a broker. Where penstock.events ends is asked first: what followed from these
 * records is in the other topics, or about to be.
 */
public final class BrokerHistory implements History {
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

  public static BrokerHistory open(Connection connection, Catalogue catalogue) throws LogFailed {
    var spans = new ArrayList<Span>();
    try (var consumer = consumer(connection)) {
      // Topics.all() begins with penstock.events.
      for (var topic : Topics.all()) {
        var places =
            IntStream.range(0, catalogue.partitions(topic))
                .mapToObj(p -> new TopicPartition(catalogue.name(topic), p))
                .toList();
        var begins = consumer.beginningOffsets(places);
        var ends = consumer.endOffsets(places);
        for (var place : places) {
          spans.add(
              new Span(
                  topic,
                  place.partition(),
                  begins.getOrDefault(place, 0L),
                  ends.getOrDefault(place, 0L)));
        }
      }
      return new BrokerHistory(connection, catalogue, spans);
    } catch (KafkaException e) {
      throw Failures.of("asking where the topics end", e);
    }
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
