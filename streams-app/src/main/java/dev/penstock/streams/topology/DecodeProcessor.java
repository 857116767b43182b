package dev.penstock.streams.topology;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.schemas.topic.DeadLetter;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to records; total. An unknown schema stops the task: it is never skipped. What cannot be
 * decoded goes to the dead letters, and the scope that its key names is told.
 */
final class DecodeProcessor implements Processor<String, byte @Nullable [], String, Object> {
  private static final int KEPT_BYTES = 64 * 1024;

  private final Codecs codecs;
  private @Nullable ProcessorContext<String, Object> context;

  DecodeProcessor(Codecs codecs) {
    this.codecs = codecs;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, byte @Nullable []> record) {
    var value = record.value();
    var key = record.key() == null ? "" : record.key();
    if (value == null) {
      refuse(record, key, new byte[0], "a tombstone is no event");
      return;
    }
    switch (codecs.events().decode(value)) {
      case Decoded.Ok<Event>(var event) ->
          forward(record.withKey(key).withValue(event), Names.RECONCILE);
      case Decoded.Malformed<Event>(var reason) -> refuse(record, key, value, reason);
      case Decoded.UnknownSchema<Event>(var id, var reason) ->
          throw new IllegalStateException(
              "a record of schema "
                  + id
                  + " cannot be read: "
                  + reason
                  + "; start a version that knows it");
    }
  }

  private void refuse(Record<String, ?> record, String key, byte[] value, String reason) {
    var place = context().recordMetadata().orElseThrow();
    var kept = Math.min(value.length, KEPT_BYTES);
    var letter =
        new DeadLetter(
            place.topic(),
            place.partition(),
            place.offset(),
            key,
            reason,
            HexFormat.of().formatHex(value, 0, kept));
    forward(record.withKey(key).withValue(codecs.deadLetters().encode(letter)), Names.DEAD_LETTERS);
    refusal(key, reason)
        .ifPresent(event -> forward(record.withKey(event.key()).withValue(event), Names.RECONCILE));
  }

  /** Present when the key names a scope: then the scope decides what is unknown now. */
  private static Optional<Event> refusal(String key, String reason) {
    try {
      var scope = RecordKeys.scope(key);
      return Optional.of(new Event(scope, key, new RecordRefused(key, reason)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private void forward(Record<String, ? extends Object> record, String child) {
    context().forward(record.withValue((Object) record.value()), child);
  }

  private ProcessorContext<String, Object> context() {
    if (context == null) {
      throw new IllegalStateException("process before init");
    }
    return context;
  }
}
