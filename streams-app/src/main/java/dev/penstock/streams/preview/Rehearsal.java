package dev.penstock.streams.preview;

import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact.ClusterModeChanged;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.streams.Step;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * The real steps on a copy of some scopes' tables, as if a cluster were managed from now on. What
 * is decided stays in the copy: no command leaves it, and so none is answered.
 */
final class Rehearsal {
  private static final String NOBODY = "a plan";

  /** What is gathered before it is decided is decided by then. */
  private static final Duration GATHERED = Duration.ofSeconds(2);

  private static final int MOST_RECORDS = 100_000;

  private final MemoryTables tables = new MemoryTables();
  private final List<Scope> scopes;
  private final Deque<Event> log = new ArrayDeque<>();
  private int records;

  private Rehearsal(Tables now, List<Scope> scopes) {
    this.scopes = scopes;
    scopes.forEach(scope -> copy(now, scope));
  }

  /** Begins with the tables as they are; {@link #play} goes on. */
  static Rehearsal managed(Tables now, List<Scope> scopes, String cluster) {
    var rehearsal = new Rehearsal(now, scopes);
    var fact = new ClusterModeChanged(NOBODY, cluster, ClusterMode.MANAGE);
    for (var scope : scopes) {
      rehearsal.log.add(new Event(scope, scope + "|cluster|" + cluster, fact));
    }
    return rehearsal;
  }

  private void copy(Tables now, Scope scope) {
    Table.all().forEach(table -> tables.copy(now, table, scope + "|"));
  }

  /** The tables once nothing follows any more, and what is gathered meanwhile is decided. */
  Tables play() {
    var ends = new TreeMap<Scope, Instant>();
    scopes.forEach(scope -> ends.put(scope, now(scope).plus(GATHERED)));
    scopes.forEach(scope -> tick(scope, now(scope)));
    for (var before = -1; before < records; ) {
      before = records;
      take();
      ends.forEach(this::ring);
    }
    return tables;
  }

  private void ring(Scope scope, Instant until) {
    for (var due = Timers.earliest(tables, scope, until); due.isPresent(); ) {
      tick(scope, due.get());
      take();
      due = Timers.earliest(tables, scope, until);
    }
  }

  private void tick(Scope scope, Instant due) {
    step(new Event(scope, scope + "|tick", new Tick(due)), due);
  }

  private Instant now(Scope scope) {
    return Step.chain(tables, scope).now();
  }

  private void take() {
    while (!log.isEmpty()) {
      var event = log.remove();
      step(event, now(event.scope()));
    }
  }

  private void step(Event event, Instant at) {
    if (records++ == MOST_RECORDS) {
      throw new IllegalStateException("the plan has no end after " + MOST_RECORDS + " records");
    }
    var position = Step.chain(tables, event.scope()).position() + 1;
    Step.step(tables, event, position, at).events().stream()
        .filter(next -> scopes.contains(next.scope()))
        .forEach(log::add);
  }
}
