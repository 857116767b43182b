package dev.penstock.streams.topology;

import dev.penstock.schemas.event.Event;
import dev.penstock.streams.Intake;
import dev.penstock.streams.Intake.Arrival;
import dev.penstock.streams.ScopePartitions;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A thin shell around {@link Intake}: records on to the reconciler, dead letters to their topic. An
 * unknown schema under a scope of this partition stops the task: it is never skipped.
 */
final class DecodeProcessor implements Processor<String, byte @Nullable [], String, Object> {
  private final Codecs codecs;
  private final Intake intake;
  private @Nullable ProcessorContext<String, Object> context;

  DecodeProcessor(Codecs codecs, ScopePartitions partitions) {
    this.codecs = codecs;
    this.intake = new Intake(codecs.events()::decode, partitions);
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, byte @Nullable []> record) {
    var value = Optional.ofNullable(record.value());
    var key = record.key() == null ? "" : record.key();
    var partition = context().recordMetadata().orElseThrow().partition();
    switch (intake.take(partition, key, value)) {
      case Arrival.Taken(var event) -> reconcile(record, key, event);
      case Arrival.Refused(var reason, var told) -> {
        bury(record, key, value.orElseGet(() -> new byte[0]), reason);
        told.ifPresent(event -> reconcile(record, event.key(), event));
      }
      case Arrival.Unreadable(var reason) ->
          throw new IllegalStateException(
              "a record of " + reason + "; start a version that knows its schema");
    }
  }

  private void reconcile(Record<String, ?> record, String key, Event event) {
    forward(record.withKey(key).withValue(event), NodeNames.RECONCILE);
  }

  private void bury(Record<String, ?> record, String key, byte[] value, String reason) {
    var letter = Letters.of(context().recordMetadata().orElseThrow(), key, value, reason);
    var encoded = codecs.deadLetters().encode(letter);
    forward(record.withKey(letter.key()).withValue(encoded), NodeNames.DEAD_LETTERS);
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
