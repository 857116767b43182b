package dev.penstock.streams.decide;

import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.table.SettingsRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Digests;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * All rows of a scope as they are after this turn, then a head with their number and hash: where
 * replay begins, and what it must arrive at. The chain's row is in the head alone.
 */
public final class Checkpoints {
  /** The timer that writes one each day; any other subject writes one now. */
  public static final String DAILY = "daily";

  private static final Duration DAY = Duration.ofDays(1);
  private static final RecordCodec<Row> CODEC = RecordCodec.of(Row.class);

  private Checkpoints() {}

  static void write(Turn turn, String subject) {
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

  /** Writes the rows; the last thing that a turn does. */
  public static void complete(Turn turn) {
    if (!turn.wantsCheckpoint()) {
      return;
    }
    var bytes = new ByteArrayOutputStream();
    var rows = 0;
    for (var table : Table.all()) {
      if (!table.equals(Table.CHAIN)) {
        rows += table(turn, table, bytes);
      }
    }
    var chain = turn.chain();
    var head =
        new Checkpoint.Head(
            chain.position(),
            chain.now(),
            rows,
            Digests.sha256(bytes.toByteArray()),
            chain.auditHash(),
            turn.get(Table.SETTINGS, "").map(SettingsRow::decisions).orElse(""));
    turn.checkpoint(new Checkpoint(turn.scope(), turn.seq(), head));
  }

  private static <R extends Row> int table(Turn turn, Table<R> table, ByteArrayOutputStream bytes) {
    var entries = turn.scan(table, "");
    for (var entry : entries) {
      bytes.writeBytes((table.name() + "|" + entry.key()).getBytes(StandardCharsets.UTF_8));
      CODEC.encode(entry.row(), bytes);
      turn.checkpoint(
          new Checkpoint(
              turn.scope(),
              turn.seq(),
              new Checkpoint.RowKept(table.name(), entry.key(), entry.row())));
    }
    return entries.size();
  }
}
