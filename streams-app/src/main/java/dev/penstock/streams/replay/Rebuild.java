package dev.penstock.streams.replay;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.Cursor;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.avro.DecodeException;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.Intake;
import dev.penstock.streams.Intake.Arrival;
import dev.penstock.streams.Step;
import dev.penstock.streams.replay.KeptCheckpoints.Kept;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables of one partition's scopes, rebuilt record by record from a checkpoint or from the
 * beginning of the log.
 */
final class Rebuild implements AutoCloseable {
  private static final RecordCodec<Row> ROWS = RecordCodec.of(Row.class);

  private final Span span;
  private final Intake intake;
  private final Map<Scope, ChainRow> starts = new TreeMap<>();
  private final Cursor cursor;
  private MemoryTables tables = new MemoryTables();
  private Optional<RawRecord> ahead = Optional.empty();

  private Rebuild(Recorded recorded, Span span, Map<Scope, Optional<Kept>> begins)
      throws LogFailed, IOException, NotReplayable {
    var decoder = WireDecoder.of(recorded.history().schemas(), Event.class);
    this.span = span;
    this.intake = new Intake(decoder::decode, recorded.registrations()::partition);
    var chosen = new TreeMap<Scope, Kept>();
    begins.forEach((scope, kept) -> kept.ifPresent(it -> chosen.put(scope, it)));
    if (!chosen.isEmpty()) {
      new KeptCheckpoints(recorded.history(), span.partition()).restore(chosen, tables);
    }
    begins.keySet().forEach(scope -> starts.put(scope, Step.chain(tables, scope)));
    this.cursor = recorded.history().open(span, from());
  }

  /**
   * Rebuilds these scopes of a partition.
   *
   * @throws NotReplayable when nothing that is kept is early enough
   */
  static Rebuild begin(
      Recorded recorded, int partition, List<Scope> scopes, Optional<Instant> since)
      throws LogFailed, IOException, NotReplayable {
    var span = recorded.history().span(Topics.EVENTS, partition);
    var heads =
        since.isEmpty() && span.beginning() == 0
            ? List.<Kept>of()
            : new KeptCheckpoints(recorded.history(), partition).heads();
    var begins = new TreeMap<Scope, Optional<Kept>>();
    for (var scope : scopes) {
      begins.put(scope, begin(scope, span, heads, since));
    }
    return new Rebuild(recorded, span, begins);
  }

  /** The checkpoint to begin at; empty is the beginning of the log. */
  private static Optional<Kept> begin(
      Scope scope, Span span, List<Kept> heads, Optional<Instant> since) throws NotReplayable {
    var usable =
        heads.stream()
            .filter(kept -> kept.scope().equals(scope))
            .filter(kept -> kept.head().position() >= span.beginning() - 1)
            .toList();
    var newest =
        since.flatMap(time ->
            usable.stream()
                .filter(kept -> !kept.head().time().isAfter(time))
                .reduce((_, later) -> later));
    if (newest.isPresent() || span.beginning() == 0) {
      return newest;
    }
    if (usable.isEmpty()) {
      throw new NotReplayable(
          "scope %s cannot be rebuilt: penstock.events is kept from position %d of partition %d on,"
              + " and no checkpoint of it since then. One is written each day; until then name"
              + " other scopes with --scope",
          scope, span.beginning(), span.partition());
    }
    if (since.isPresent()) {
      throw new NotReplayable(
          "scope %s cannot be rebuilt as it was at %s: its oldest checkpoint that the log continues"
              + " is of %s",
          scope, since.get(), usable.getFirst().head().time());
    }
    return Optional.of(usable.getFirst());
  }

  private long from() {
    var after = starts.values().stream().mapToLong(chain -> chain.position() + 1).min().orElse(0);
    return Math.max(after, span.beginning());
  }

  /** Where each scope stood before the first record. */
  Map<Scope, ChainRow> starts() {
    return starts;
  }

  MemoryTables tables() {
    return tables;
  }

  /** The next record of the partition; empty when there is none that was appended by then. */
  Optional<RawRecord> next(Optional<Instant> until) throws LogFailed, IOException {
    var next = ahead.isPresent() ? ahead : cursor.next();
    var later = next.filter(record -> until.filter(record.time()::isAfter).isPresent());
    ahead = later;
    return later.isPresent() ? Optional.empty() : next;
  }

  /** Takes a record; empty if it is for none of the scopes, a dead letter, or was taken before. */
  Optional<Turned> take(RawRecord record) throws NotReplayable {
    return switch (intake.take(span.partition(), record.key(), record.value())) {
      case Arrival.Taken(var event) -> turn(record, event);
      case Arrival.Refused(_, var told) -> told.flatMap(event -> turn(record, event));
      case Arrival.Unreadable(var reason) ->
          throw new NotReplayable(
              "the record at position %d of partition %d, of %s; replay with a version that knows"
                  + " its schema",
              record.position(), span.partition(), reason);
    };
  }

  private Optional<Turned> turn(RawRecord record, Event event) {
    if (!starts.containsKey(event.scope())
        || record.position() <= Step.chain(tables, event.scope()).position()) {
      return Optional.empty();
    }
    var effects = Step.step(tables, event, record.position(), record.time());
    return Optional.of(new Turned(record, event, Step.chain(tables, event.scope()), effects));
  }

  /** Goes on as after a restart: with tables that were read back from their bytes. */
  void restart() {
    var restored = new MemoryTables();
    Table.all().forEach(table -> restore(table, restored));
    tables = restored;
  }

  private <R extends Row> void restore(Table<R> table, MemoryTables restored) {
    for (var entry : tables.scan(table, "")) {
      try {
        var row = ROWS.decode(ROWS.encode(entry.row()));
        restored.put(table, entry.key(), table.type().cast(row));
      } catch (DecodeException e) {
        throw new IllegalStateException("a row of " + table.name() + " cannot be read back", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
