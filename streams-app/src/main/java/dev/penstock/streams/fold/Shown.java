package dev.penstock.streams.fold;

import dev.penstock.schemas.table.ScanRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;

/** What long reads have shown so far, so that their end finds what they left out. */
final class Shown {
  private static final String SHOWN = "shown|";

  private Shown() {}

  /** A read of that horizon shows the thing. */
  static void mark(Turn turn, String thing, Horizon horizon) {
    if (turn.get(Table.SCANS, SHOWN + thing)
        .filter(row -> row.position() >= horizon.position())
        .isEmpty()) {
      turn.put(Table.SCANS, SHOWN + thing, new ScanRow(horizon.position(), horizon.at()));
    }
  }

  /** Whether any read has shown it. */
  static boolean ever(Turn turn, String thing) {
    return turn.get(Table.SCANS, SHOWN + thing).isPresent();
  }

  /** Whether the read, or a later one, has shown it. */
  static boolean by(Turn turn, String thing, Horizon read) {
    return turn.get(Table.SCANS, SHOWN + thing)
        .filter(row -> row.position() >= read.position())
        .isPresent();
  }

  static void forget(Turn turn, String thing) {
    turn.delete(Table.SCANS, SHOWN + thing);
  }

  /** The horizon of the last read that came to its end. */
  static Horizon end(ScanRow row) {
    return new Horizon(row.position(), row.at(), false);
  }
}
