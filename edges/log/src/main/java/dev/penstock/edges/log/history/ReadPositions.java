package dev.penstock.edges.log.history;

import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.BrokerHistory.Unread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has read the partitions of a topic. */
record ReadPositions(Admin admin, KafkaConsumer<String, byte[]> consumer, String group) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration STEP = Duration.ofMillis(200);

  /** Waits until all is read, at most that long; what is not, by partition. */
  SortedMap<Integer, Unread> await(
      Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, Duration patience)
      throws LogFailed {
    var looks = 1 + patience.dividedBy(BETWEEN_LOOKS);
    var unread = look(begins, ends);
    for (long look = 1; look < looks && isWaitedFor(unread); look++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      unread = look(begins, ends);
    }
    return unread;
  }

  /** A group that said nothing until now, or has no member, is not waited for. */
  private boolean isWaitedFor(SortedMap<Integer, Unread> unread) throws LogFailed {
    return unread.values().stream().anyMatch(it -> it.read().isPresent()) && hasMembers();
  }

  private boolean hasMembers() throws LogFailed {
    var described =
        Failures.await(
            "asking who is in " + group, admin.describeConsumerGroups(List.of(group)).all());
    return described.values().stream().anyMatch(it -> !it.members().isEmpty());
  }

  private SortedMap<Integer, Unread> look(
      Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) throws LogFailed {
    var read =
        Failures.await(
            "asking how far " + group + " has read",
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    var unread = new TreeMap<Integer, Unread>();
    for (var entry : ends.entrySet()) {
      var place = entry.getKey();
      var committed = read.get(place);
      var told = committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
      var from = told.orElse(begins.getOrDefault(place, 0L));
      if (holdsRecords(place, from, entry.getValue())) {
        unread.put(place.partition(), new Unread(place.partition(), told, entry.getValue()));
      }
    }
    return unread;
  }

  /** The ends of transactions have positions, too, and nobody reads those. */
  private boolean holdsRecords(TopicPartition place, long from, long end) {
    if (from >= end) {
      return false;
    }
    consumer.assign(List.of(place));
    consumer.seek(place, from);
    while (consumer.position(place) < end) {
      if (!consumer.poll(STEP).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
