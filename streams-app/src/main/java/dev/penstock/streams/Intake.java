package dev.penstock.streams;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import dev.penstock.schemas.key.Scope;
import java.util.Optional;
import java.util.function.Function;

/**
 * From the bytes of penstock.events to what {@link Step} takes; total. What cannot be decoded is a
 * dead letter, and the scope that its key names is told. A record of a scope that its partition
 * does not own is a dead letter and nothing else, whether it decodes or not.
 */
public final class Intake {
  private static final int KEPT_CHARACTERS = 4 * 1024;

  private final Function<byte[], Decoded<Event>> decoder;
  private final ScopePartitions partitions;

  public Intake(Function<byte[], Decoded<Event>> decoder, ScopePartitions partitions) {
    this.decoder = decoder;
    this.partitions = partitions;
  }

  /** What becomes of a record. */
  public sealed interface Arrival {
    record Taken(Event event) implements Arrival {}

    /** A dead letter, and what the scope that it was meant for is told. */
    record Refused(String reason, Optional<Event> told) implements Arrival {}

    /** Its schema cannot be read by this version: it must never be skipped. */
    record Unreadable(String reason) implements Arrival {}
  }

  /** What becomes of the record of that partition; an empty value is a tombstone. */
  public Arrival take(int partition, String key, Optional<byte[]> value) {
    if (value.isEmpty()) {
      return refused(partition, key, "a tombstone is no event");
    }
    return switch (decoder.apply(value.get())) {
      case Decoded.Ok<Event>(var event) ->
          partitions
              .strayed(event.scope(), partition)
              .<Arrival>map(reason -> new Arrival.Refused(reason, Optional.empty()))
              .orElseGet(() -> new Arrival.Taken(event));
      case Decoded.Malformed<Event>(var reason) -> refused(partition, key, reason);
      case Decoded.UnknownSchema<Event>(var id, var reason) ->
          unknown(partition, key, "schema " + id + " cannot be read: " + reason);
    };
  }

  /** Keys begin with the scope: what is not for a scope of this partition may be put aside. */
  private Arrival unknown(int partition, String key, String reason) {
    return owned(partition, key).isPresent()
        ? new Arrival.Unreadable(reason)
        : new Arrival.Refused(reason, Optional.empty());
  }

  /** The scope decides what is unknown now. */
  private Arrival refused(int partition, String key, String reason) {
    var told =
        owned(partition, key)
            .map(scope -> new Event(scope, cut(key), new RecordRefused(cut(key), cut(reason))));
    return new Arrival.Refused(reason, told);
  }

  private Optional<Scope> owned(int partition, String key) {
    return RecordKeys.find(key).filter(scope -> partitions.strayed(scope, partition).isEmpty());
  }

  /** The beginning of a text; never half of a character. */
  public static String cut(String text) {
    if (text.length() <= KEPT_CHARACTERS) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(KEPT_CHARACTERS - 1)) ? 1 : 0;
    return text.substring(0, KEPT_CHARACTERS - end);
  }
}
