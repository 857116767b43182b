package dev.penstock.streams.turn;

import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.TimerRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who waits until when: at most one timer for each kind and subject. A timer stands in the table
 * twice: under its due time and under its subject.
 */
public final class Timers {
  private Timers() {}

  /** Sets or moves the timer. */
  public static void set(Turn turn, TimerKind kind, String subject, Instant due) {
    cancel(turn, kind, subject);
    var row = new TimerRow(due, kind, subject);
    turn.put(Table.TIMERS, self(kind, subject), row);
    turn.put(Table.TIMERS, place(row), row);
  }

  /** Sets the timer unless it already rings no later than {@code due}. */
  public static void setBy(Turn turn, TimerKind kind, String subject, Instant due) {
    var pending = due(turn, kind, subject);
    if (pending.isEmpty() || pending.get().isAfter(due)) {
      set(turn, kind, subject, due);
    }
  }

  public static void cancel(Turn turn, TimerKind kind, String subject) {
    turn.get(Table.TIMERS, self(kind, subject)).ifPresent(row -> remove(turn, row));
  }

  public static Optional<Instant> due(Turn turn, TimerKind kind, String subject) {
    return turn.get(Table.TIMERS, self(kind, subject)).map(TimerRow::due);
  }

  /** The first subjects with that prefix for which a timer of that kind is set. */
  public static List<String> subjects(Turn turn, TimerKind kind, String prefix, int limit) {
    return turn.scan(Table.TIMERS, self(kind, prefix), limit).stream()
        .map(entry -> entry.row().subject())
        .toList();
  }

  /** Takes at most {@code limit} timers that are due at that time, the earliest first. */
  public static List<TimerRow> take(Turn turn, Instant at, int limit) {
    var due =
        turn.range(Table.TIMERS, "at|", after(at), limit).stream()
            .map(Tables.Entry::row)
            .filter(row -> !row.due().isAfter(at))
            .toList();
    due.forEach(row -> remove(turn, row));
    return due;
  }

  /** When the earliest timer of a scope is due that is due by then; for the punctuator. */
  public static Optional<Instant> earliest(Tables tables, Scope scope, Instant by) {
    return tables.range(Table.TIMERS, scope + "|at|", scope + "|" + after(by), 1).stream()
        .map(e -> e.row().due())
        .findFirst();
  }

  /** When the earliest timer of a scope is due. */
  public static Optional<Instant> earliest(Tables tables, Scope scope) {
    return tables.scan(Table.TIMERS, scope + "|at|", 1).stream()
        .map(e -> e.row().due())
        .findFirst();
  }

  private static void remove(Turn turn, TimerRow row) {
    turn.delete(Table.TIMERS, self(row.kind(), row.subject()));
    turn.delete(Table.TIMERS, place(row));
  }

  private static String self(TimerKind kind, String subject) {
    return "of|" + kind + "|" + subject;
  }

  /** Behind the place of every timer that is due at that time. */
  private static String after(Instant at) {
    return "at|" + String.format("%019d", at.toEpochMilli() + 1);
  }

  private static String place(TimerRow row) {
    return "at|"
        + String.format("%019d", row.due().toEpochMilli())
        + "|"
        + row.kind()
        + "|"
        + row.subject();
  }
}
