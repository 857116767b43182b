package dev.penstock.streams.topology;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.ClientSettings;
import dev.penstock.edges.log.Connection;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
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
      var forgotten = new ArrayList<Integer>();
      for (var partition = 0; partition < catalogue.partitions(Topics.AUDIT); partition++) {
        if (holdsRecords(admin, audit, partition) && !holdsRecords(admin, chain, partition)) {
          forgotten.add(partition);
        }
      }
      return forgotten;
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

  private static boolean holdsRecords(Admin admin, String topic, int partition)
      throws InterruptedException {
    try {
      return end(admin, topic, partition) > 0;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("cannot read the end of " + topic, e);
    }
  }
}
