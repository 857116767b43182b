package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.cli.bench.Timing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Whether a topic was read to its end is never a guess. */
final class TailTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 0);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Timing timing = new Timing(Clock.systemUTC(), Thread::sleep);
  private final MockConsumer<String, byte[]> reader = consumer();
  private final MockConsumer<String, byte[]> asker = consumer();
  private final List<Long> taken = new CopyOnWriteArrayList<>();

  private static MockConsumer<String, byte[]> consumer() {
    var consumer = new MockConsumer<String, byte[]>("earliest");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    return consumer;
  }

  /** Two records are there, and so many of them arrive. */
  private Tail tail(int arrive, Tail.Taker each) {
    asker.updateEndOffsets(Map.of(PARTITION, 2L));
    reader.schedulePollTask(() -> {
      for (long offset = 0; offset < arrive; offset++) {
        reader.addRecord(new ConsumerRecord<>("events", 0, offset, "key", new byte[0]));
      }
    });
    return Tail.of(reader, asker, List.of(PARTITION), each);
  }

  @Test
  void allThatWasThereIsTaken() {
    try (var tail = tail(2, record -> taken.add(record.offset()))) {
      assertEquals(Optional.empty(), tail.catchUp(LONG, timing));
      assertEquals(List.of(0L, 1L), taken);
    }
  }

  @Test
  void whatDoesNotArriveInTimeIsNoEnd() {
    try (var tail = tail(1, record -> taken.add(record.offset()))) {
      assertEquals(
          Optional.of("the log was not read in time"), tail.catchUp(Duration.ZERO, timing));
    }
  }

  @Test
  void aDefectThatEndsTheReadingIsTold() {
    Tail.Taker breaks =
        _ -> {
          throw new IllegalStateException("cannot be taken");
        };
    try (var tail = tail(2, breaks)) {
      assertEquals(
          Optional.of(
              "the log is not read any more: java.lang.IllegalStateException: cannot be taken"),
          tail.catchUp(LONG, timing));
    }
  }

  @Test
  void aBrokerThatIsAwayIsAskedAgain() {
    asker.setOffsetsException(new KafkaException("away"));
    try (var tail = tail(2, record -> taken.add(record.offset()))) {
      assertEquals(Optional.empty(), tail.catchUp(LONG, timing));
    }
  }
}
