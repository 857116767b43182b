package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads a topic for people and tools: from a start to the end as it was when opened, and on from
 * there if asked. Order is that of each partition. Only what is committed. One thread owns it.
 */
public final class TopicReader<T> implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final WireCodec<T> codec;
  private final Map<TopicPartition, Long> ends;

  private TopicReader(
      KafkaConsumer<String, byte[]> consumer, WireCodec<T> codec, Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.codec = codec;
    this.ends = ends;
  }

  /** What to read: all partitions, or the one that owns a scope. */
  public record Selection(Topic topic, Optional<Integer> partition, Start start) {
    public static Selection all(Topic topic, Start start) {
      return new Selection(topic, Optional.empty(), start);
    }

    public static Selection of(Topic topic, int partition, Start start) {
      return new Selection(topic, Optional.of(partition), start);
    }
  }

  public static <T> TopicReader<T> open(
      Connection connection, Catalogue catalogue, WireCodec<T> codec, Selection selection)
      throws LogFailed {
    var consumer =
        new KafkaConsumer<>(
            ClientSettings.reader(connection),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    try {
      String name = catalogue.name(selection.topic());
      var partitions = partitions(selection, catalogue.partitions(selection.topic()), name);
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      seek(consumer, partitions, selection.start(), ends);
      return new TopicReader<>(consumer, codec, ends);
    } catch (KafkaException e) {
      consumer.close();
      throw Failures.of("opening " + catalogue.name(selection.topic()), e);
    }
  }

  /** Tells every record up to the end as it was when this reader was opened. */
  public void toEnd(Consumer<Entry<T>> each) throws LogFailed {
    while (!atEnd()) {
      next(STEP).stream().filter(e -> e.position() < end(e.partition())).forEach(each);
    }
  }

  /** Waits at most that long for further records. */
  public List<Entry<T>> next(Duration atMost) throws LogFailed {
    try {
      var entries = new ArrayList<Entry<T>>();
      consumer.poll(atMost).forEach(r -> entries.add(entry(r)));
      return entries;
    } catch (KafkaException e) {
      throw Failures.of("reading", e);
    }
  }

  private boolean atEnd() throws LogFailed {
    try {
      return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
    } catch (KafkaException e) {
      throw Failures.of("reading", e);
    }
  }

  private long end(int partition) {
    return ends.entrySet().stream()
        .filter(e -> e.getKey().partition() == partition)
        .mapToLong(Map.Entry::getValue)
        .findFirst()
        .orElse(0);
  }

  private Entry<T> entry(ConsumerRecord<String, byte[]> r) {
    return new Entry<>(
        r.partition(),
        r.offset(),
        Instant.ofEpochMilli(r.timestamp()),
        r.key() == null ? "" : r.key(),
        Optional.ofNullable(r.value()).map(codec::decode));
  }

  private static List<TopicPartition> partitions(Selection selection, int count, String name) {
    var numbers =
        selection
            .partition()
            .map(List::of)
            .orElseGet(() -> IntStream.range(0, count).boxed().toList());
    return numbers.stream().map(p -> new TopicPartition(name, p)).toList();
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Start start,
      Map<TopicPartition, Long> ends)
      throws LogFailed {
    switch (start) {
      case Start.Beginning() -> consumer.seekToBeginning(partitions);
      case Start.Now() -> ends.forEach(consumer::seek);
      case Start.At(var position) -> {
        if (partitions.size() != 1) {
          throw new LogFailed(Fault.MISCONFIGURED, "a position needs a single partition");
        }
        consumer.seek(partitions.getFirst(), position);
      }
      case Start.Since(var time) -> since(consumer, partitions, time, ends);
    }
  }

  private static void since(
      KafkaConsumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Instant time,
      Map<TopicPartition, Long> ends) {
    var wanted = new HashMap<TopicPartition, Long>();
    partitions.forEach(p -> wanted.put(p, time.toEpochMilli()));
    var found = consumer.offsetsForTimes(wanted);
    for (TopicPartition partition : partitions) {
      var offset = found.get(partition);
      consumer.seek(partition, offset == null ? ends.getOrDefault(partition, 0L) : offset.offset());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
