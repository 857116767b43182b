package dev.penstock.streams.topology;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What penstock.events lost before it was read: it begins behind the place up to which it was read.
 * Looks at every partition, whichever of them this instance is given later. The changelog of the
 * table {@code chain} is read only where the group's own offset does not show that nothing is lost.
 */
record LogGaps(
    Connection connection, Catalogue catalogue, String application, Serde<ChainRow> chains) {
  private static final Duration STEP = Duration.ofMillis(200);

  /** Records from {@code next} up to {@code beginning} are gone, and nobody read them. */
  record Gap(int partition, long next, long beginning) {}

  List<Gap> find() throws LogFailed {
    try (var admin = Admin.create(ClientSettings.admin(connection))) {
      // In this order: what is read and deleted between the two looks is no gap.
      var suspects = beginnings(admin);
      var read = committed(admin);
      suspects.entrySet().removeIf(at -> at.getValue() <= read.getOrDefault(at.getKey(), 0L));
      if (!suspects.isEmpty()) {
        positions(suspects.keySet())
            .forEach((partition, next) -> read.merge(partition, next, Math::max));
      }
      return gaps(suspects, read);
    }
  }

  /** Nothing is missing where nothing was ever read: the tables begin where the log does. */
  private static List<Gap> gaps(Map<Integer, Long> beginnings, Map<Integer, Long> read) {
    var gaps = new ArrayList<Gap>();
    beginnings.forEach((partition, beginning) -> {
      var next = read.getOrDefault(partition, beginning);
      if (next < beginning) {
        gaps.add(new Gap(partition, next, beginning));
      }
    });
    return gaps;
  }

  private SortedMap<Integer, Long> beginnings(Admin admin) throws LogFailed {
    var events = catalogue.name(Topics.EVENTS);
    var asked =
        IntStream.range(0, catalogue.partitions())
            .boxed()
            .collect(
                Collectors.toMap(p -> new TopicPartition(events, p), _ -> OffsetSpec.earliest()));
    var answers =
        Failures.await("asking for the beginning of " + events, admin.listOffsets(asked).all());
    var beginnings = new TreeMap<Integer, Long>();
    answers.forEach((place, found) -> beginnings.put(place.partition(), found.offset()));
    return beginnings;
  }

  /** What the group reads next; a group that was away for long is forgotten by the broker. */
  private SortedMap<Integer, Long> committed(Admin admin) throws LogFailed {
    var offsets =
        Failures.await(
            "asking how far " + application + " has read",
            admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata());
    var next = new TreeMap<Integer, Long>();
    offsets.forEach((place, offset) -> {
      if (offset != null && place.topic().equals(catalogue.name(Topics.EVENTS))) {
        next.put(place.partition(), offset.offset());
      }
    });
    return next;
  }

  /** What follows the last position that the tables of these partitions know. */
  private SortedMap<Integer, Long> positions(Collection<Integer> partitions) throws LogFailed {
    var topic = application + "-" + Table.CHAIN.name() + "-changelog";
    var next = new TreeMap<Integer, Long>();
    try (var consumer =
        new KafkaConsumer<>(
            ClientSettings.reader(connection), new StringDeserializer(), chains.deserializer())) {
      if (consumer.partitionsFor(topic).isEmpty()) {
        return next;
      }
      var places = partitions.stream().map(p -> new TopicPartition(topic, p)).toList();
      consumer.assign(places);
      consumer.seekToBeginning(places);
      var ends = consumer.endOffsets(places);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var row : consumer.poll(STEP)) {
          if (row.value() != null) {
            next.merge(row.partition(), row.value().position() + 1, Math::max);
          }
        }
      }
      return next;
    } catch (KafkaException e) {
      throw Failures.of("reading " + topic, e);
    }
  }
}
