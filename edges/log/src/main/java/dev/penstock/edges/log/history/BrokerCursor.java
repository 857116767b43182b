package dev.penstock.edges.log.history;

import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads one partition of a broker up to an end that moves only when asked. */
final class BrokerCursor implements Cursor {
  private static final Duration STEP = Duration.ofMillis(200);

  /** How often it looks, a step apart, for what the reconciler is about to write. */
  private static final int LOOKS = 50;

  private final KafkaConsumer<String, byte[]> consumer;
  private final TopicPartition place;
  private final Deque<RawRecord> read = new ArrayDeque<>();
  private long end;

  BrokerCursor(KafkaConsumer<String, byte[]> consumer, TopicPartition place, long end) {
    this.consumer = consumer;
    this.place = place;
    this.end = end;
  }

  @Override
  public Optional<RawRecord> next() throws LogFailed {
    try {
      while (read.isEmpty() && consumer.position(place) < end) {
        poll();
      }
    } catch (KafkaException e) {
      throw Failures.of("reading " + place, e);
    }
    return atEnd() ? Optional.empty() : Optional.of(read.removeFirst());
  }

  private boolean atEnd() {
    return read.isEmpty() || read.getFirst().position() >= end;
  }

  private void poll() {
    for (var record : consumer.poll(STEP)) {
      read.add(
          new RawRecord(
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()),
              record.key() == null ? "" : record.key(),
              Optional.ofNullable(record.value())));
    }
  }

  @Override
  public boolean grown() throws LogFailed {
    try {
      for (int look = 0; look < LOOKS && atEnd(); look++) {
        poll();
        end = consumer.endOffsets(List.of(place)).getOrDefault(place, end);
      }
    } catch (KafkaException e) {
      throw Failures.of("reading " + place, e);
    }
    return !atEnd();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
