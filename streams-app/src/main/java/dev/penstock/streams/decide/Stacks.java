package dev.penstock.streams.decide;

import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides on one stack of any kind. A defect freezes the stack that shows it, never its scope. */
final class Stacks {
  private Stacks() {}

  static void plan(Turn turn, DirtyRow dirty) {
    var stack = StackId.parse(dirty.subject());
    var cause = new Cause(dirty.seq(), stack.toString(), dirty.sentence());
    switch (stack.kind()) {
      case INGRESS -> IngressStack.plan(turn, stack, cause);
      case SHARED -> SharedStack.plan(turn, stack, cause);
      case BINDING -> UserGroups.writes(turn, stack, cause);
      case NAME -> Names.converge(turn, stack, cause);
      case SERVICE -> {}
    }
  }

  /**
   * What the pure planner says. If it fails, that is a defect of ours: the stack stays as it is,
   * and people are told once.
   */
  static <T> Optional<T> guarded(Turn turn, StackId stack, Supplier<T> planner) {
    T plan;
    try {
      plan = planner.get();
    } catch (RuntimeException defect) {
      freeze(turn, stack, defect.toString());
      return Optional.empty();
    }
    return Optional.of(plan);
  }

  private static void freeze(Turn turn, StackId stack, String reason) {
    var before = row(turn, stack);
    if (!before.frozen() || !before.frozenReason().equals(reason)) {
      turn.put(
          Table.STACKS,
          stack.toString(),
          new StackRow(stack, true, reason, before.successors(), before.problems()));
      turn.alarm(
          stack.toString(), "a defect froze this stack, nothing of it is changed: " + reason);
    }
  }

  static StackRow row(Turn turn, StackId stack) {
    return turn.get(Table.STACKS, stack.toString())
        .orElseGet(() -> new StackRow(stack, false, "", Map.of(), List.of()));
  }
}
