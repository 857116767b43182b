package dev.penstock.edges.log.history;

import dev.penstock.edges.log.Failures;
import dev.penstock.edges.log.LogFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads one partition of a broker up to an end. */
final class BrokerCursor implements Cursor {
  private static final Duration STEP = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> consumer;
  private final TopicPartition place;
  private final Deque<RawRecord> read = new ArrayDeque<>();
  private final long end;

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
    return read.isEmpty() || read.getFirst().position() >= end
        ? Optional.empty()
        : Optional.of(read.removeFirst());
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
  public void close() {
    consumer.close();
  }
}
