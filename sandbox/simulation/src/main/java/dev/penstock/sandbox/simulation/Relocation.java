package dev.penstock.sandbox.simulation;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A recorded log with all its scopes on one other partition and with other positions, as if they
 * had been registered otherwise. Without checkpoints: their rows hold positions. And without what
 * was written after the last event in the log, which would stand before the records of other
 * scopes.
 */
public final class Relocation {
  private static final RecordCodec<RegistryEntry> ENTRIES = RecordCodec.of(RegistryEntry.class);
  private static final int STEP = 3;

  private final MemoryHistory from;
  private final int partition;
  private final Map<Scope, Long> turns;

  private Relocation(MemoryHistory from, int partition) {
    this.from = from;
    this.partition = partition;
    this.turns =
        records(Topics.EVENTS)
            .collect(groupingBy(event -> RecordKeys.scope(event.key()), counting()));
  }

  public static MemoryHistory of(History history, int partition) throws LogFailed, IOException {
    return new Relocation(MemoryHistory.copyOf(history), partition).moved();
  }

  private MemoryHistory moved() {
    var moved = new MemoryHistory(from.schemas());
    for (var topic : Topics.all()) {
      if (topic.equals(Topics.REGISTRY)) {
        var entries = from.records(topic, 0).stream().map(this::entry).toList();
        moved.put(from.span(topic, 0), entries);
      } else if (topic.equals(Topics.CHECKPOINTS)) {
        moved.put(new Span(topic, partition, 1, 1), List.of());
      } else {
        var records = new ArrayList<RawRecord>();
        records(topic).filter(record -> !isLater(topic, record)).forEach(r -> append(r, records));
        moved.put(new Span(topic, partition, 0, (long) STEP * records.size() + 1), records);
      }
    }
    return moved;
  }

  private Stream<RawRecord> records(Topic topic) {
    return from.spans().stream()
        .filter(span -> span.topic().equals(topic))
        .sorted(Comparator.comparingInt(Span::partition))
        .flatMap(span -> from.records(topic, span.partition()).stream());
  }

  private static void append(RawRecord r, List<RawRecord> records) {
    records.add(new RawRecord((long) STEP * records.size() + 1, r.time(), r.key(), r.value()));
  }

  /** The turns of a scope are numbered from 1, one for each event. */
  private boolean isLater(Topic topic, RawRecord record) {
    return record.value().stream().mapToLong(value -> turn(topic, value)).max().orElse(0)
        > turns.getOrDefault(RecordKeys.scope(record.key()), 0L);
  }

  private long turn(Topic topic, byte[] value) {
    return switch (topic.name()) {
      case "penstock.audit" -> decode(AuditRecord.class, value).seq();
      case "penstock.commands" -> decode(Command.class, value).seq();
      case "penstock.kubernetes-commands" -> decode(KubernetesCommand.class, value).seq();
      case "penstock.changes" -> decode(Change.class, value).seq();
      default -> 0;
    };
  }

  private <T> T decode(Class<T> type, byte[] value) {
    return switch (WireDecoder.of(from.schemas(), type).decode(value)) {
      case Decoded.Ok<T>(var decoded) -> decoded;
      case Decoded.Malformed<T>(var reason) -> throw new IllegalStateException(reason);
      case Decoded.UnknownSchema<T>(_, var reason) -> throw new IllegalStateException(reason);
    };
  }

  private RawRecord entry(RawRecord record) {
    return new RawRecord(
        record.position(), record.time(), record.key(), record.value().map(this::entry));
  }

  private byte[] entry(byte[] value) {
    var out = new ByteArrayOutputStream();
    out.write(value, 0, WireDecoder.HEADER_BYTES);
    try {
      var body = Arrays.copyOfRange(value, WireDecoder.HEADER_BYTES, value.length);
      ENTRIES.encode(entry(ENTRIES.decode(body)), out);
      return out.toByteArray();
    } catch (DecodeException e) {
      throw new IllegalStateException("an entry of the registry cannot be read", e);
    }
  }

  private RegistryEntry entry(RegistryEntry entry) {
    return entry instanceof ScopeEntry(var scope, _) ? new ScopeEntry(scope, partition) : entry;
  }
}
