package dev.penstock.streams.decide;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.CheckpointRow;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Digests;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * All rows of a scope as they were after one record, then a head with their number and hash: where
 * replay begins, and what it must arrive at. Each record writes a bounded slice, in the order of
 * tables and keys; a row that changes before its turn is written first, as it was. The chain's row
 * is in the head alone.
 */
public final class Checkpoints {
  /** The timer that writes one each day; any other subject writes one now. */
  public static final String DAILY = "daily";

  /** Rows that one record writes or passes, beside those that it changes itself. */
  public static final int SLICE = 256;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final RecordCodec<Row> CODEC = RecordCodec.of(Row.class);
  private static final List<Table<? extends Row>> TABLES =
      Table.all().stream()
          .filter(t -> !List.of(Table.CHAIN, Table.CHECKPOINT, Table.COPIED).contains(t))
          .toList();

  private final Turn turn;
  private CheckpointRow at;

  private Checkpoints(Turn turn, CheckpointRow at) {
    this.turn = turn;
    this.at = at;
  }

  static void write(Turn turn, String subject) {
    if (turn.get(Table.CHECKPOINT, "").isPresent()) {
      Timers.set(turn, TimerKind.CHECKPOINT, subject, turn.now().plus(PAUSE));
      return;
    }
    if (subject.equals(DAILY)) {
      Timers.set(turn, TimerKind.CHECKPOINT, DAILY, turn.now().plus(DAY));
    }
    turn.checkpointAfterwards();
  }

  /** Begins the daily rotation of a scope that has none. */
  static void schedule(Turn turn) {
    if (Timers.due(turn, TimerKind.CHECKPOINT, DAILY).isEmpty()) {
      Timers.set(turn, TimerKind.CHECKPOINT, DAILY, turn.now().plus(DAY));
    }
  }

  /** Begins a checkpoint, or goes on with one; the last thing that a turn does. */
  public static void complete(Turn turn) {
    var running = turn.get(Table.CHECKPOINT, "");
    if (running.isPresent()) {
      new Checkpoints(turn, running.get()).proceed();
    } else if (turn.wantsCheckpoint()) {
      tick(turn);
      var decisions = turn.get(Table.SETTINGS, "").map(SettingsRow::decisions).orElse("");
      turn.put(Table.CHECKPOINT, "", CheckpointRow.begin(turn.chain(), decisions));
    }
  }

  private static void tick(Turn turn) {
    if (Dirt.awaitTick(turn)) {
      turn.event(turn.scope(), "tick", new Tick(turn.now()));
    }
  }

  private void proceed() {
    var budget = SLICE;
    while (budget > 0 && !finished()) {
      budget -= 1 + slice(TABLES.get(at.table()), budget);
    }
    if (!finished()) {
      tick(turn);
    }
    for (int number = at.table(); number < TABLES.size(); number++) {
      copy(TABLES.get(number), number);
    }
    if (finished()) {
      turn.checkpoint(new Checkpoint(turn.scope(), at.seq(), at.head()));
      turn.delete(Table.CHECKPOINT, "");
    } else {
      turn.put(Table.CHECKPOINT, "", at);
    }
  }

  private boolean finished() {
    return at.table() == TABLES.size();
  }

  /** The next rows of a table as they were before this turn; answers how many were looked at. */
  private <R extends Row> int slice(Table<R> table, int limit) {
    var rows = turn.before(table, "", at.after(), limit);
    var copies = turn.scan(Table.COPIED, mark(at.table(), ""), limit);
    var copied =
        copies.stream().map(e -> e.key().substring(mark(at.table(), "").length())).toList();
    var end = last(rows.stream().map(Entry::key).toList(), copied, limit);
    for (var entry : rows) {
      if (!beyond(entry.key(), end) && !copied.contains(entry.key())) {
        keep(table, entry.key(), entry.row());
      }
    }
    for (var key : copied) {
      if (!beyond(key, end)) {
        turn.delete(Table.COPIED, mark(at.table(), key));
      }
    }
    at = end.isEmpty() ? at.nextTable() : at.upTo(end);
    return rows.size() + copies.size();
  }

  /** How far both lists reach; empty: to the table's end. */
  private static String last(List<String> rows, List<String> copied, int limit) {
    var end = rows.size() == limit ? rows.getLast() : "";
    if (copied.size() < limit || beyond(copied.getLast(), end)) {
      return end;
    }
    return copied.getLast();
  }

  private static boolean beyond(String key, String end) {
    return !end.isEmpty() && MemoryTables.BY_UTF_8.compare(key, end) > 0;
  }

  /** What this turn changes and the checkpoint has not reached yet is written as it was. */
  private <R extends Row> void copy(Table<R> table, int number) {
    for (var key : turn.differing(table)) {
      var passed = number == at.table() && !at.after().isEmpty() && !beyond(key, at.after());
      if (passed || turn.get(Table.COPIED, mark(number, key)).isPresent()) {
        continue;
      }
      turn.before(table, key).ifPresent(row -> keep(table, key, row));
      turn.put(Table.COPIED, mark(number, key), new ReferenceRow(""));
    }
  }

  private static String mark(int table, String key) {
    return String.format("%02d|", table) + key;
  }

  private void keep(Table<? extends Row> table, String key, Row row) {
    var kept = new Checkpoint.RowKept(table.name(), key, row);
    at = at.with(hash(at.hash(), kept));
    turn.checkpoint(new Checkpoint(turn.scope(), at.seq(), kept));
  }

  /** The hash over the rows up to this one, given that up to the one before it. */
  public static String hash(String before, Checkpoint.RowKept row) {
    var name = row.table() + "|" + row.key();
    return Digests.sha256(
        before.getBytes(StandardCharsets.US_ASCII),
        name.getBytes(StandardCharsets.UTF_8),
        CODEC.encode(row.row()));
  }
}
