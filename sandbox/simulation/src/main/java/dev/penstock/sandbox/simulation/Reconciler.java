package dev.penstock.sandbox.simulation;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.streams.Step;
import dev.penstock.streams.replay.RecordedRun.Taken;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.turn.Effects;
import dev.penstock.streams.turn.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The step over a log in memory: every record once, in the order of its scope. */
final class Reconciler {
  private final MemoryLog log;
  private final MemoryTables tables = new MemoryTables();
  private final SortedMap<Scope, Long> positions = new TreeMap<>();
  private final SortedSet<Scope> ticked = new TreeSet<>();
  private final List<Taken> taken = new ArrayList<>();
  private final List<RegistryEntry> words = new ArrayList<>();

  Reconciler(MemoryLog log, List<Scope> scopes) {
    this.log = log;
    scopes.forEach(scope -> positions.put(scope, 0L));
  }

  MemoryTables tables() {
    return tables;
  }

  /** Every record so far, with what followed from it. */
  List<Taken> taken() {
    return taken;
  }

  List<AuditRecord> audit() {
    return taken.stream().flatMap(it -> it.effects().audit().stream()).toList();
  }

  List<Change> changes() {
    return taken.stream().flatMap(it -> it.effects().changes().stream()).toList();
  }

  /** What the reconciler said in the registry since it was asked last. */
  List<RegistryEntry> takeWords() {
    var taken = List.copyOf(words);
    words.clear();
    return taken;
  }

  /** Reads what is new in every scope; false if nothing was. */
  boolean read() throws LogFailed {
    var read = false;
    for (var scope : positions.keySet()) {
      for (var kept : log.read(scope, positions.get(scope))) {
        take(kept);
        read = true;
      }
    }
    return read;
  }

  /** Appends a Tick where a timer is due and none is on its way. */
  void tick(Instant now) throws LogFailed {
    for (var scope : positions.keySet()) {
      if (!due(scope).isAfter(now) && ticked.add(scope)) {
        log.append(new Event(scope, scope + "|tick", new Tick(now)));
      }
    }
  }

  /** When the next timer is due. */
  Instant next() {
    return positions.keySet().stream().map(this::due).min(Instant::compareTo).orElse(Instant.MAX);
  }

  private Instant due(Scope scope) {
    return Timers.earliest(tables, scope).orElse(Instant.MAX);
  }

  private void take(MemoryLog.Kept kept) throws LogFailed {
    var event = kept.event();
    var place = kept.appended();
    var effects = Step.step(tables, event, place.position(), place.time());
    taken.add(new Taken(event, place.position(), place.time(), effects));
    positions.put(event.scope(), place.position() + 1);
    if (event.body() instanceof Tick) {
      ticked.remove(event.scope());
    }
    send(effects);
  }

  private void send(Effects effects) throws LogFailed {
    for (var entry : effects.commands()) {
      var key = entry.scope() + "|" + entry.key();
      entry
          .command()
          .ifPresentOrElse(
              command -> log.commands().open(entry.scope(), RecordKeys.of(command), command),
              () -> log.commands().close(entry.scope(), key));
    }
    for (var entry : effects.kubernetesCommands()) {
      var key = entry.scope() + "|" + entry.object();
      entry
          .command()
          .ifPresentOrElse(
              command -> log.kubernetesCommands().open(entry.scope(), key, command),
              () -> log.kubernetesCommands().close(entry.scope(), key));
    }
    words.addAll(effects.registry());
    log.appendAll(effects.events());
  }
}
