package dev.penstock.streams.topology;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Refuses to begin with empty tables where the audit trail shows that decisions were made before:
 * they would be made again from half a memory. Knows also where the log ends, by which a log that
 * was made anew under full tables is recognised.
 */
final class StartCheck {
  private StartCheck() {}

  /** Partitions whose audit has records while their {@code chain} changelog has none. */
  static List<Integer> forgotten(Connection connection, Catalogue catalogue, String application)
      throws InterruptedException {
    var audit = catalogue.name(Topics.AUDIT);
    var chain = application + "-" + Table.CHAIN.name() + "-changelog";
    try (var admin = Admin.create(ClientSettings.admin(connection))) {
      var all = IntStream.range(0, catalogue.partitions(Topics.AUDIT)).boxed().toList();
      var known = withRecords(admin, audit, all);
      var kept = known.isEmpty() ? List.<Integer>of() : withRecords(admin, chain, known);
      return known.stream().filter(partition -> !kept.contains(partition)).toList();
    }
  }

  /** Where a partition of penstock.events ends now. */
  static long end(Connection connection, Catalogue catalogue, int partition) {
    var events = catalogue.name(Topics.EVENTS);
    try (var admin = Admin.create(ClientSettings.admin(connection))) {
      return end(admin, events, partition);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the end of " + events, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot read the end of " + events, e);
    }
  }

  private static long end(Admin admin, String topic, int partition)
      throws InterruptedException, ExecutionException {
    var place = new TopicPartition(topic, partition);
    var ends = admin.listOffsets(Map.of(place, OffsetSpec.latest())).all().get();
    return ends.values().iterator().next().offset();
  }

  /** Those of the partitions that have records, asked for at once. */
  private static List<Integer> withRecords(Admin admin, String topic, List<Integer> partitions)
      throws InterruptedException {
    var asked = new LinkedHashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(p -> asked.put(new TopicPartition(topic, p), OffsetSpec.latest()));
    var answers = admin.listOffsets(asked);
    var found = new ArrayList<Integer>();
    for (var place : asked.keySet()) {
      try {
        if (answers.partitionResult(place).get().offset() > 0) {
          found.add(place.partition());
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new IllegalStateException("cannot read the end of " + topic, e);
        }
      }
    }
    return found;
  }
}
