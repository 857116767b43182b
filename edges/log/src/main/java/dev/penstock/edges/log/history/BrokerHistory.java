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
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topics of a broker. Of penstock.events it holds what the reconciler has read, and the ends of
 * the other topics were asked for afterwards, so that what followed from it is there too.
 */
public final class BrokerHistory implements History {
  /** How long the reconciler is given to read what is there. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Connection connection;
  private final Catalogue catalogue;
  private final SchemaRegistry registry;
  private final List<Span> spans;
  private final List<Unread> unread;

  /**
   * A partition of penstock.events that the reconciler has not read to its end: what it has not
   * read is left out. If it never said how far it has read, nothing is left out.
   */
  public record Unread(int partition, OptionalLong read, long end) {
    /** For people. */
    public String text() {
      var place = "partition %d of penstock.events".formatted(partition);
      return read.isPresent()
          ? "the reconciler has read %s up to position %d of %d; the rest is left out"
              .formatted(place, read.getAsLong(), end)
          : "the reconciler never said how far it has read %s; all of it is taken".formatted(place);
    }
  }

  private BrokerHistory(
      Connection connection, Catalogue catalogue, List<Span> spans, List<Unread> unread) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.registry = SchemaRegistry.open(connection);
    this.spans = List.copyOf(spans);
    this.unread = List.copyOf(unread);
  }

  /**
   * Asks where each topic begins and ends. Gives the reconciler, whose consumer group this is, some
   * time to read what is there; what it has not read by then is left out, and said.
   */
  public static BrokerHistory open(
      Connection connection, Catalogue catalogue, String group, Duration patience)
      throws LogFailed {
    var spans = new ArrayList<Span>();
    var unread = new TreeMap<Integer, Unread>();
    try (var consumer = consumer(connection);
        var admin = Admin.create(ClientSettings.admin(connection))) {
      for (var topic : Topics.all()) {
        var places =
            IntStream.range(0, catalogue.partitions(topic))
                .mapToObj(p -> new TopicPartition(catalogue.name(topic), p))
                .toList();
        var begins = consumer.beginningOffsets(places);
        var ends = new HashMap<>(consumer.endOffsets(places));
        // Topics.all() begins with penstock.events.
        if (topic.equals(Topics.EVENTS)) {
          unread.putAll(new ReadPositions(admin, consumer, group).await(begins, ends, patience));
          unread
              .values()
              .forEach(it -> it.read().ifPresent(end -> ends.put(places.get(it.partition()), end)));
        }
        for (var place : places) {
          var begin = begins.getOrDefault(place, 0L);
          spans.add(new Span(topic, place.partition(), begin, ends.getOrDefault(place, 0L)));
        }
      }
      return new BrokerHistory(connection, catalogue, spans, List.copyOf(unread.values()));
    } catch (KafkaException e) {
      throw Failures.of("asking where the topics end", e);
    }
  }

  /** What the reconciler has not read. */
  public List<Unread> unread() {
    return unread;
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
