package dev.penstock.streams.topology;

import dev.penstock.schemas.topic.DeadLetter;
import dev.penstock.streams.Intake;
import java.util.HexFormat;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Dead letters of bounded size: whatever a record holds, its letter fits into a record of Kafka's
 * default size.
 */
final class Letters {
  private static final int KEPT_BYTES = 64 * 1024;

  private Letters() {}

  static DeadLetter of(RecordMetadata place, String key, byte[] value, String reason) {
    var kept = Math.min(value.length, KEPT_BYTES);
    return new DeadLetter(
        place.topic(),
        place.partition(),
        place.offset(),
        Intake.cut(key),
        Intake.cut(reason),
        HexFormat.of().formatHex(value, 0, kept));
  }
}
