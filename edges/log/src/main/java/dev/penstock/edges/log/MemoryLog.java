package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log in memory, for tests and simulation: the same promises as Kafka's, times from the given
 * clock, nothing by chance. It never waits.
 */
public final class MemoryLog implements Log {
  /** The largest record that Kafka takes where nothing else is said. */
  private static final int RECORD_BYTES = 1 << 20;

  private final InstantSource clock;
  private final RecordCodec<Event> codec = RecordCodec.of(Event.class);
  private final SortedMap<Scope, List<Kept>> scopes = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final MemoryTable<Command> commands;
  private final MemoryTable<KubernetesCommand> kubernetesCommands;

  /** A record of the log. */
  public record Kept(Event event, Appended appended) {}

  public MemoryLog(InstantSource clock) {
    this.clock = clock;
    this.commands = new MemoryTable<>(clock);
    this.kubernetesCommands = new MemoryTable<>(clock);
  }

  public void register(Scope scope) {
    lock.lock();
    try {
      scopes.putIfAbsent(scope, new ArrayList<>());
      commands.register(scope);
      kubernetesCommands.register(scope);
    } finally {
      lock.unlock();
    }
  }

  public MemoryTable<Command> commands() {
    return commands;
  }

  public MemoryTable<KubernetesCommand> kubernetesCommands() {
    return kubernetesCommands;
  }

  /** What the scope's log holds from the position on. */
  public List<Kept> read(Scope scope, long from) {
    lock.lock();
    try {
      List<Kept> kept = scopes.getOrDefault(scope, List.of());
      return List.copyOf(kept.subList((int) Math.min(from, kept.size()), kept.size()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    if (codec.encode(event).length > RECORD_BYTES) {
      throw new LogFailed(Fault.TOO_LARGE, "the record of " + event.key() + " is too large");
    }
    lock.lock();
    try {
      List<Kept> kept = scopes.get(event.scope());
      if (kept == null) {
        throw new LogFailed(Fault.UNKNOWN_SCOPE, "scope " + event.scope() + " is not registered");
      }
      var appended = new Appended(kept.size(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
      kept.add(new Kept(event, appended));
      return appended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Appended> appendAll(List<Event> events) throws LogFailed {
    var appended = new ArrayList<Appended>(events.size());
    for (Event event : events) {
      appended.add(append(event));
    }
    return List.copyOf(appended);
  }
}
