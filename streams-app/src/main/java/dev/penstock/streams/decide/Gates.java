package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Nothing is written for a member before its finalizer is on it: what nobody could miss later must
 * not be made (design §6). One member that has it is enough for what several share (I7).
 */
final class Gates {
  private Gates() {}

  static Optional<Verdict.Blocked> waits(Turn turn, StackId stack, DesiredRow row) {
    if (stack.kind() != StackKind.INGRESS || row.wantedBy().isEmpty()) {
      return Optional.empty();
    }
    if (row.wantedBy().stream().anyMatch(member -> hasFinalizer(turn, member, stack))) {
      return Optional.empty();
    }
    var first = row.wantedBy().getFirst();
    return Optional.of(
        new Verdict.Blocked(
            List.of(),
            "waits for the finalizer "
                + Finalizers.of(stack)
                + " on "
                + first.kind().text()
                + " "
                + first.path()));
  }

  static boolean hasFinalizer(Turn turn, ObjectKey member, StackId stack) {
    return member.kind() != ObjectKind.INGRESS
        || turn.get(Table.OBJECTS, member.toString())
            .filter(o -> o.object().metadata().finalizers().contains(Finalizers.of(stack)))
            .isPresent();
  }
}
