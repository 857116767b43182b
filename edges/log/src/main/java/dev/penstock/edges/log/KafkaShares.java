package dev.penstock.edges.log;

import dev.penstock.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Shares by a Kafka consumer group over the partitions of penstock.events, of which nothing is
 * read: the numbers are those of the partitions.
 */
public final class KafkaShares implements Shares {
  private static final Duration LEAVE_WITHIN = Duration.ofSeconds(1);

  private final int count;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SortedSet<Integer> ours = new TreeSet<>();

  private KafkaShares(int count, KafkaConsumer<byte[], byte[]> consumer) {
    this.count = count;
    this.consumer = consumer;
  }

  /** Joins the group with the next poll. */
  public static KafkaShares open(
      Connection connection, Catalogue catalogue, String group, int sessionMillis) {
    var settings = ClientSettings.member(connection, catalogue.prefix() + group, sessionMillis);
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var shares = new KafkaShares(catalogue.partitions(), consumer);
    consumer.subscribe(List.of(catalogue.name(Topics.EVENTS)), shares.new Listener());
    return shares;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public SortedSet<Integer> poll(Duration atMost) throws LogFailed {
    try {
      consumer.poll(atMost);
    } catch (KafkaException e) {
      throw Failures.of("polling shares", e);
    }
    return Collections.unmodifiableSortedSet(new TreeSet<>(ours));
  }

  @Override
  public void close() {
    consumer.close(
        CloseOptions.timeout(LEAVE_WITHIN)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      if (assigned.isEmpty()) {
        return;
      }
      consumer.seekToBeginning(assigned);
      consumer.pause(assigned);
      assigned.forEach(partition -> ours.add(partition.partition()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      revoked.forEach(partition -> ours.remove(partition.partition()));
    }
  }
}
