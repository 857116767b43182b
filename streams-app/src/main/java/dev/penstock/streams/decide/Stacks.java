package dev.penstock.streams.decide;

import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Defects;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Decides on one stack of any kind. A defect freezes the stack that shows it, never its scope. */
final class Stacks {
  /** What has a name or a place of its own, so that two can stand beside each other. */
  private static final List<ResourceKind> NUMBERED =
      List.of(ResourceKind.LOAD_BALANCER, ResourceKind.TARGET_GROUP, ResourceKind.SECURITY_GROUP);

  private Stacks() {}

  static void plan(Turn turn, DirtyRow dirty) {
    var stack = StackId.parse(dirty.subject());
    var cause = new Cause(dirty.seq(), stack.toString(), dirty.sentence(), dirty.otherCode());
    switch (stack.kind()) {
      case INGRESS -> IngressStack.plan(turn, stack, cause);
      case SHARED -> SharedStack.plan(turn, stack, cause);
      case BINDING -> UserGroupWrites.plan(turn, stack, cause);
      case NAME -> Names.converge(turn, stack, cause);
      case SERVICE -> {}
    }
  }

  /**
   * What the pure planner says. If it fails, that is a defect of ours: the stack stays as it is,
   * and people are told once.
   */
  static <T> Optional<T> guarded(Turn turn, StackId stack, Supplier<T> planner) {
    var planned = new ArrayList<T>();
    turn.whole(() -> planned.add(planner.get()))
        .ifPresent(defect -> freeze(turn, stack, Defects.told(stack.toString(), defect)));
    return planned.stream().findFirst();
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

  /** Each of these resources gets a successor beside it, with the next number in its name. */
  static void succeed(Turn turn, StackId stack, List<ResourceKey> replaced) {
    var numbered = replaced.stream().filter(key -> NUMBERED.contains(key.kind())).toList();
    if (numbered.isEmpty()) {
      return;
    }
    var before = row(turn, stack);
    var successors = new TreeMap<>(before.successors());
    for (var key : numbered) {
      successors.merge(ResourceIds.plain(key.id()), 1, Integer::sum);
    }
    turn.put(
        Table.STACKS,
        stack.toString(),
        new StackRow(stack, before.frozen(), before.frozenReason(), successors, before.problems()));
    Dirt.stack(turn, stack, "a replacement may be made");
  }

  static StackRow row(Turn turn, StackId stack) {
    return turn.get(Table.STACKS, stack.toString())
        .orElseGet(() -> new StackRow(stack, false, "", Map.of(), List.of()));
  }
}
