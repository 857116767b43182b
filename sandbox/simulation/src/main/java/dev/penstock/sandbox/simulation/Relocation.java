package dev.penstock.sandbox.simulation;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recorded log with all its scopes on one other partition and with other positions, as if they
 * had been registered otherwise. Without checkpoints: their rows hold positions.
 */
public final class Relocation {
  private static final RecordCodec<RegistryEntry> ENTRIES = RecordCodec.of(RegistryEntry.class);
  private static final int STEP = 3;

  private final MemoryHistory from;
  private final int partition;

  private Relocation(MemoryHistory from, int partition) {
    this.from = from;
    this.partition = partition;
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
        from.spans().stream()
            .filter(span -> span.topic().equals(topic))
            .forEach(span -> append(from.records(topic, span.partition()), records));
        moved.put(new Span(topic, partition, 0, (long) STEP * records.size() + 1), records);
      }
    }
    return moved;
  }

  private static void append(List<RawRecord> span, List<RawRecord> records) {
    for (var r : span) {
      records.add(new RawRecord((long) STEP * records.size() + 1, r.time(), r.key(), r.value()));
    }
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
