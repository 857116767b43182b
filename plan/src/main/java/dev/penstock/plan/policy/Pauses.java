package dev.penstock.plan.policy;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.PauseRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which pauses cover a part of the world (design §7): each stops structure; one with {@code --all}
 * also stops targets, gates and status. The pauses are those of one scope.
 */
public final class Pauses {
  private final List<PauseRow> rows;

  public Pauses(List<PauseRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * What stops structural writes of a resource. A DNS name also stands still while every stack that
   * claims it does.
   */
  public Optional<PauseRow> ofStructure(ResourceKey key, List<StackId> claimants) {
    return first(_ -> true, pause -> covers(pause, key)).or(() -> ofClaimants(claimants));
  }

  /** What stops even the targets and gates of a target group. */
  public Optional<PauseRow> ofTargets(ResourceKey group) {
    return first(PauseRow::all, pause -> covers(pause, group));
  }

  /** What stops even status, Events and finalizers of a stack's members. */
  public Optional<PauseRow> ofMembers(StackId stack) {
    return first(PauseRow::all, pause -> covers(pause, stack));
  }

  private Optional<PauseRow> ofClaimants(List<StackId> claimants) {
    var each = claimants.stream().map(stack -> first(_ -> true, p -> covers(p, stack))).toList();
    return each.stream().allMatch(Optional::isPresent)
        ? each.stream().findFirst().flatMap(pause -> pause)
        : Optional.empty();
  }

  private Optional<PauseRow> first(Predicate<PauseRow> which, Predicate<PauseRow> covers) {
    return rows.stream().filter(which).filter(covers).findFirst();
  }

  private static boolean covers(PauseRow pause, ResourceKey key) {
    return switch (pause.kind()) {
      case SCOPE, CLUSTER, STACK -> covers(pause, key.stack());
      case TARGET_GROUP -> key.toString().equals(pause.name());
      case NAME ->
          key.kind() == ResourceKind.RECORD_NAME
              && key.id().substring(key.id().indexOf('/') + 1).equals(pause.name() + ".");
    };
  }

  private static boolean covers(PauseRow pause, StackId stack) {
    return switch (pause.kind()) {
      case SCOPE -> true;
      case CLUSTER -> stack.cluster().equals(pause.name());
      case STACK -> stack.toString().equals(pause.name());
      case TARGET_GROUP, NAME -> false;
    };
  }

  /** Who paused what, and the command that ends it. */
  public static String sentence(PauseRow pause) {
    var name = pause.name().contains("|") ? "'" + pause.name() + "'" : pause.name();
    var what = pause.kind().text() + " " + name;
    return "%s is paused by %s: `penstock resume %s` frees it"
        .formatted(what, pause.subject(), what);
  }
}
