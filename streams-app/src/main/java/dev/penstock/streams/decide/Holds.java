package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.change.ChangeBody;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;

/** What a policy stopped until a person approves it. Shadow, pauses and defects are no holds. */
final class Holds {
  private static final List<String> NO_HOLDS = List.of("shadow", "released", "pause", "frozen");

  private Holds() {}

  static void keep(Turn turn, ResourceKey key, Verdict.Held held) {
    if (NO_HOLDS.contains(held.rule()) || turn.get(Table.HOLDS, held.holdId()).isPresent()) {
      return;
    }
    turn.put(
        Table.HOLDS,
        held.holdId(),
        new HoldRow(
            held.holdId(), held.rule(), key.toString(), held.reason(), turn.now(), false, ""));
    turn.audit(new AuditEntry.HoldChanged(held.holdId(), key.toString(), held.reason(), false));
    turn.change(key.toString(), new ChangeBody.Announced("held: " + held.reason()));
  }

  /** The stack is quiet: its holds are over, and so are their approvals. */
  static void over(Turn turn, StackId stack) {
    for (var entry : turn.scan(Table.HOLDS, "")) {
      if (entry.row().subject().startsWith(stack + "|")) {
        turn.delete(Table.HOLDS, entry.key());
      }
    }
  }
}
