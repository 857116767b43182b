package dev.penstock.streams.topology;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.schemas.key.Scope;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to records; total. An unknown schema under a scope of this partition stops the task: it is
 * never skipped. What cannot be decoded goes to the dead letters, and the scope that its key names
 * is told. A record of a scope that this partition does not own is a dead letter and nothing else,
 * whether it decodes or not.
 */
final class DecodeProcessor implements Processor<String, byte @Nullable [], String, Object> {
  private final Codecs codecs;
  private final ScopePartitions partitions;
  private @Nullable ProcessorContext<String, Object> context;

  DecodeProcessor(Codecs codecs, ScopePartitions partitions) {
    this.codecs = codecs;
    this.partitions = partitions;
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
      case Decoded.Ok<Event>(var event) -> take(record, key, value, event);
      case Decoded.Malformed<Event>(var reason) -> refuse(record, key, value, reason);
      case Decoded.UnknownSchema<Event>(var id, var reason) ->
          unknown(record, key, value, "schema " + id + " cannot be read: " + reason);
    }
  }

  private void take(Record<String, ?> record, String key, byte[] value, Event event) {
    var strayed = strayed(event.scope());
    if (strayed.isPresent()) {
      bury(record, key, value, strayed.get());
    } else {
      forward(record.withKey(key).withValue(event), Names.RECONCILE);
    }
  }

  /** Keys begin with the scope: what is not for a scope of this partition may be put aside. */
  private void unknown(Record<String, ?> record, String key, byte[] value, String reason) {
    if (scope(key).filter(scope -> strayed(scope).isEmpty()).isPresent()) {
      throw new IllegalStateException(
          "a record of " + reason + "; start a version that knows its schema");
    }
    bury(record, key, value, reason);
  }

  private void refuse(Record<String, ?> record, String key, byte[] value, String reason) {
    bury(record, key, value, reason);
    // The scope decides what is unknown now.
    scope(key)
        .filter(scope -> strayed(scope).isEmpty())
        .map(scope -> new Event(scope, Letters.cut(key), refused(key, reason)))
        .ifPresent(event -> forward(record.withKey(event.key()).withValue(event), Names.RECONCILE));
  }

  private static RecordRefused refused(String key, String reason) {
    return new RecordRefused(Letters.cut(key), Letters.cut(reason));
  }

  private void bury(Record<String, ?> record, String key, byte[] value, String reason) {
    var letter = Letters.of(context().recordMetadata().orElseThrow(), key, value, reason);
    var encoded = codecs.deadLetters().encode(letter);
    forward(record.withKey(letter.key()).withValue(encoded), Names.DEAD_LETTERS);
  }

  private Optional<String> strayed(Scope scope) {
    return partitions.strayed(scope, context().recordMetadata().orElseThrow().partition());
  }

  private static Optional<Scope> scope(String key) {
    try {
      return Optional.of(RecordKeys.scope(key));
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
