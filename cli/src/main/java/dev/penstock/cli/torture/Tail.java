package dev.penstock.cli.torture;

import dev.penstock.cli.bench.Timing;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics from their beginning on a thread of its own, and knows how far it is. */
final class Tail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration STEP = Duration.ofMillis(10);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final Consumer<String, byte[]> reader;
  private final Consumer<String, byte[]> asker;
  private final List<TopicPartition> partitions;
  private final Taker each;
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Thread thread;
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private volatile boolean closed;

  /** Takes each record, in the order of its partition. */
  interface Taker {
    void take(ConsumerRecord<String, byte[]> record);
  }

  private Tail(
      Consumer<String, byte[]> reader,
      Consumer<String, byte[]> asker,
      List<TopicPartition> partitions,
      Taker each) {
    this.reader = reader;
    this.asker = asker;
    this.partitions = partitions;
    this.each = each;
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    this.thread = Thread.ofPlatform().daemon().name("tail").unstarted(this::run);
  }

  static Tail of(Map<String, Object> settings, List<TopicPartition> partitions, Taker each) {
    return of(consumer(settings), consumer(settings), partitions, each);
  }

  /** Reads with the one; the other is asked how far there is to read. */
  static Tail of(
      Consumer<String, byte[]> reader,
      Consumer<String, byte[]> asker,
      List<TopicPartition> partitions,
      Taker each) {
    var tail = new Tail(reader, asker, partitions, each);
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

  /**
   * Waits until all is taken that was there at the call; a broker that is away is waited for. Says
   * why that failed; empty at best.
   */
  Optional<String> catchUp(Duration patience, Timing timing) {
    var ends = new HashMap<TopicPartition, Long>();
    try {
      var seen =
          timing.await(
              patience,
              LOOK,
              () -> defect.get() != null || (!ends.isEmpty() || ask(ends)) && isTaken(ends));
      return Optional.ofNullable(defect.get())
          .map(problem -> "the log is not read any more: " + problem)
          .or(() -> seen ? Optional.empty() : Optional.of("the log was not read in time"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("reading the log was interrupted");
    }
  }

  /** How far there is to read; false while the broker does not answer. */
  private boolean ask(Map<TopicPartition, Long> ends) {
    try {
      ends.putAll(asker.endOffsets(partitions, ANSWER));
      return true;
    } catch (KafkaException e) {
      LOG.debug("tail waits for the broker reason={}", e.getMessage());
      return false;
    }
  }

  private boolean isTaken(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private void run() {
    try (reader) {
      while (!closed) {
        reader.poll(STEP).forEach(each::take);
        var now = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> now.put(partition, reader.position(partition)));
        positions.putAll(now);
      }
    } catch (RuntimeException | Error problem) {
      LOG.error("tail ended", problem);
      defect.set(problem);
    }
  }

  private static Consumer<String, byte[]> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    closed = true;
    asker.close();
  }
}
