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
import java.util.Set;

/** What a policy stopped until a person approves it. Shadow, pauses and defects are no holds. */
final class Holds {
  private static final List<String> NO_HOLDS = List.of("shadow", "released", "pause", "frozen");

  private static final List<String> STACK_RULES = List.of("delete", "inferred-delete");

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

  /**
   * Drops the holds of a stack that no verdict names any more, and approvals of what is done.
   * {@code unsettled} are the resources that are not as they shall be, {@code unsure} those of
   * which nothing can be said now.
   */
  static void over(
      Turn turn, StackId stack, Set<String> held, Set<String> unsettled, Set<String> unsure) {
    for (var entry : turn.scan(Table.HOLDS, "")) {
      var hold = entry.row();
      if (!hold.subject().startsWith(stack + "|")) {
        continue;
      }
      var stands =
          hold.approved()
              ? (isOfStack(hold) ? !unsettled.isEmpty() : unsettled.contains(hold.subject()))
              : held.contains(hold.id()) || unsure.contains(hold.subject());
      if (!stands) {
        turn.delete(Table.HOLDS, entry.key());
      }
    }
  }

  /** One approval of such a rule frees every resource of the stack. */
  private static boolean isOfStack(HoldRow hold) {
    return STACK_RULES.contains(hold.rule());
  }
}
