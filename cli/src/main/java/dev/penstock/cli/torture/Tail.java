package dev.penstock.cli.torture;

import dev.penstock.cli.bench.Timing;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics from their beginning on a thread of its own, and knows how far it is. */
final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final KafkaConsumer<String, byte[]> reader;
  private final KafkaConsumer<String, byte[]> asker;
  private final List<TopicPartition> partitions;
  private final Consumer<ConsumerRecord<String, byte[]>> each;
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  private Tail(
      Map<String, Object> settings,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<String, byte[]>> each) {
    this.reader = consumer(settings);
    this.asker = consumer(settings);
    this.partitions = partitions;
    this.each = each;
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    this.thread = Thread.ofPlatform().daemon().name("tail").unstarted(this::run);
  }

  static Tail of(
      Map<String, Object> settings,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<String, byte[]>> each) {
    var tail = new Tail(settings, partitions, each);
    tail.thread.start();
    return tail;
  }

  static List<TopicPartition> partitions(Catalogue catalogue, Topic... topics) {
    var partitions = new ArrayList<TopicPartition>();
    for (var topic : topics) {
      for (int p = 0; p < catalogue.partitions(topic); p++) {
        partitions.add(new TopicPartition(catalogue.name(topic), p));
      }
    }
    return partitions;
  }

  /** Waits until all is taken that is there now; false if the broker does not answer. */
  boolean caughtUp(Instant deadline, Timing timing) {
    try {
      var ends = asker.endOffsets(partitions, ANSWER);
      return timing.await(
          Duration.between(timing.now(), deadline),
          LOOK,
          () -> ends.entrySet().stream().allMatch(e -> position(e.getKey()) >= e.getValue()));
    } catch (KafkaException e) {
      LOG.debug("tail waits for the broker reason={}", e.getMessage());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private long position(TopicPartition partition) {
    return positions.getOrDefault(partition, 0L);
  }

  private void run() {
    try (reader) {
      while (!closed) {
        reader.poll(STEP).forEach(each);
        var now = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> now.put(partition, reader.position(partition)));
        positions.putAll(now);
      }
    }
  }

  private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    closed = true;
    asker.close();
  }
}
