package dev.penstock.streams.replay;

import dev.penstock.edges.log.Registrations;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.turn.Effects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * What {@link dev.penstock.streams.Step} took and decided over a log in memory, as a broker would
 * have kept it. Each scope has a partition of its own.
 */
public final class RecordedRun {
  private final List<Track<?>> tracks = new ArrayList<>();
  private final Track<RegistryEntry> registry = track(Topics.REGISTRY, RegistryEntry.class);
  private final Track<Event> events = track(Topics.EVENTS, Event.class);
  private final Track<AuditRecord> audit = track(Topics.AUDIT, AuditRecord.class);
  private final Track<Command> commands = track(Topics.COMMANDS, Command.class);
  private final Track<KubernetesCommand> kubernetesCommands =
      track(Topics.KUBERNETES_COMMANDS, KubernetesCommand.class);
  private final Track<Change> changes = track(Topics.CHANGES, Change.class);
  private final Track<Checkpoint> checkpoints = track(Topics.CHECKPOINTS, Checkpoint.class);
  private final SortedMap<Scope, Integer> partitions = new TreeMap<>();

  /** One record of penstock.events with what followed from it. */
  public record Taken(Event event, long position, Instant time, Effects effects) {}

  /** What one topic holds, by partition. */
  private record Track<T>(
      Topic topic,
      int schemaId,
      Schema schema,
      WireCodec<T> codec,
      SortedMap<Integer, List<RawRecord>> records) {

    void add(int partition, Instant time, String key, Optional<T> value) {
      add(partition, records(partition).size(), time, key, value);
    }

    void add(int partition, long position, Instant time, String key, Optional<T> value) {
      records(partition).add(new RawRecord(position, time, key, value.map(codec::encode)));
    }

    private List<RawRecord> records(int partition) {
      return records.computeIfAbsent(partition, _ -> new ArrayList<>());
    }
  }

  private <T> Track<T> track(Topic topic, Class<T> type) {
    var schema = RecordCodec.of(type).schema();
    var id = tracks.size() + 1;
    var track =
        new Track<>(
            topic, id, schema, WireCodec.of(_ -> Optional.of(schema), id, type), new TreeMap<>());
    tracks.add(track);
    return track;
  }

  public static MemoryHistory of(List<Taken> run) {
    var recorded = new RecordedRun();
    run.forEach(recorded::add);
    return recorded.history();
  }

  private void add(Taken taken) {
    var event = taken.event();
    var partition = partition(event.scope());
    events.add(partition, taken.position(), taken.time(), event.key(), Optional.of(event));
    add(partition, event.scope() + "|", taken.time(), taken.effects());
  }

  private void add(int partition, String prefix, Instant time, Effects effects) {
    for (var entry : effects.commands()) {
      commands.add(partition, time, prefix + entry.key(), entry.command());
    }
    for (var entry : effects.kubernetesCommands()) {
      kubernetesCommands.add(partition, time, prefix + entry.object(), entry.command());
    }
    for (var record : effects.audit()) {
      audit.add(partition, time, record.scope().toString(), Optional.of(record));
    }
    for (var change : effects.changes()) {
      changes.add(partition, time, prefix + change.subject(), Optional.of(change));
    }
    for (var record : effects.checkpoints()) {
      checkpoints.add(partition, time, prefix + record.seq(), Optional.of(record));
    }
  }

  private int partition(Scope scope) {
    var known = partitions.get(scope);
    if (known != null) {
      return known;
    }
    var partition = partitions.size();
    partitions.put(scope, partition);
    var entry = new ScopeEntry(scope, partition);
    registry.add(0, Instant.EPOCH, Registrations.key(entry), Optional.of(entry));
    return partition;
  }

  private MemoryHistory history() {
    var history =
        new MemoryHistory(
            id -> tracks.stream().filter(t -> t.schemaId() == id).map(Track::schema).findFirst());
    for (var track : tracks) {
      track
          .records()
          .forEach((partition, records) -> {
            var end = records.getLast().position() + 1;
            history.put(new Span(track.topic(), partition, 0, end), records);
          });
    }
    return history;
  }
}
