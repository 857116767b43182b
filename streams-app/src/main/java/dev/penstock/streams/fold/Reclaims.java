package dev.penstock.streams.fold;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Map;

/**
 * A cluster that was released and comes back is taken over as a new one would be where our own
 * numbers were given up: what was known of such stacks is forgotten, and read before anything is
 * concluded.
 */
public final class Reclaims {
  private static final String HANDED_OVER = "released ";

  private Reclaims() {}

  /** The key of what notes that nothing of a released stack is left to rewrite. */
  public static String handedOver(StackId stack) {
    return HANDED_OVER + stack;
  }

  /** The cluster was released until now. */
  static void begin(Turn turn, String cluster) {
    turn.scan(Table.REFERENCES, HANDED_OVER + cluster + "|")
        .forEach(entry -> turn.delete(Table.REFERENCES, entry.key()));
    for (var entry : turn.scan(Table.STACKS, cluster + "|")) {
      if (!entry.row().successors().isEmpty()) {
        forget(turn, entry.row());
        turn.delete(Table.SCANS, Discoveries.scanKey(cluster));
      }
    }
  }

  private static void forget(Turn turn, StackRow row) {
    var prefix = row.stack() + "|";
    for (var entry : turn.scan(Table.OBSERVED, prefix)) {
      Observed.put(
          turn, ResourceKey.parse(entry.key()), new Missing(), turn.position(), turn.now());
    }
    for (var table :
        List.of(Table.OBSERVED, Table.DESIRED, Table.VERDICTS, Table.BINDINGS, Table.TARGETS)) {
      turn.scan(table, prefix).forEach(entry -> turn.delete(table, entry.key()));
    }
    turn.put(
        Table.STACKS,
        row.stack().toString(),
        new StackRow(row.stack(), row.frozen(), row.frozenReason(), Map.of(), row.problems()));
  }
}
