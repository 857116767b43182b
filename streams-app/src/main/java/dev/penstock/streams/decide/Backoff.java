package dev.penstock.streams.decide;

import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.fold.Retries;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;

/**
 * The pause after a command that failed: it ends with its timer, or when what is wanted changes.
 */
final class Backoff {
  private Backoff() {}

  /** Whether a failed command of this key still waits, nothing having changed since. */
  static boolean retrying(Turn turn, CommandKey key, long changedSeq) {
    return Timers.due(turn, TimerKind.RETRY, key.toString()).isPresent()
        && turn.get(Table.VERDICTS, Retries.verdictKey(key))
            .map(VerdictRow::seq)
            .filter(failed -> failed >= changedSeq)
            .isPresent();
  }
}
