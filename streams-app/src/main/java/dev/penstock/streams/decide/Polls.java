package dev.penstock.streams.decide;

import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Registered;
import dev.penstock.schemas.table.TargetRow.Standing;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.List;

/**
 * How often the health of a group's targets is read: often while something is on its way, rarely
 * when all is steady.
 */
final class Polls {
  /** States of AWS in which nothing is about to change (AWS API: TargetHealth). */
  private static final List<String> STEADY =
      List.of(TargetHealth.HEALTHY, TargetHealth.UNUSED, TargetHealth.UNAVAILABLE);

  private static final List<String> ENTERING =
      List.of(TargetHealth.INITIAL, TargetHealth.REGISTERED);
  private static final List<String> LEAVING =
      List.of(TargetHealth.DEREGISTERED, TargetHealth.DRAINING);

  /** A state that lasts is looked at again after this part of the time that it lasts. */
  private static final int LASTING_SHARE = 4;

  private Polls() {}

  /** Nothing is known: read now, unless a look is planned before long. */
  static void unknown(Turn turn, ResourceKey group, String arn) {
    var soon = turn.now().plusMillis(turn.settings().healthPollSteadyMillis());
    if (Timers.due(turn, TimerKind.OBSERVE, group.toString())
        .filter(due -> !due.isAfter(soon))
        .isEmpty()) {
      Reads.health(turn, group, arn, true);
    }
  }

  /**
   * Whether somebody waits for the answer: nothing is known, a target leaves only when others
   * serve, or one is on its way in.
   */
  static boolean urgent(Turn turn, ResourceKey group, BindingRow binding) {
    return !binding.registrationsKnown()
        || turn.scan(Table.TARGETS, group + "|").stream()
            .anyMatch(e -> awaited(e.row(), binding.binding().multiCluster()));
  }

  private static boolean awaited(TargetRow row, boolean onlyOwn) {
    var state = row.registered().map(r -> r.health().state()).orElse(LEAVING.getFirst());
    if (LEAVING.contains(state)) {
      return false;
    }
    return row.endpoint()
        .map(e -> e.standing() != Standing.WANTED || ENTERING.contains(state))
        .orElse(!onlyOwn);
  }

  /** The next look: an answer that changes nothing wakes nobody. */
  static void again(Turn turn, ResourceKey group) {
    health(turn, group, turn.scan(Table.TARGETS, group + "|").stream().map(e -> e.row()).toList());
  }

  static void health(Turn turn, ResourceKey group, List<TargetRow> rows) {
    var registered = rows.stream().flatMap(row -> row.registered().stream()).toList();
    var settings = turn.settings();
    var millis =
        registered.isEmpty()
            ? settings.sweepIntervalMillis()
            : registered.stream().mapToLong(r -> pause(turn, r)).min().orElseThrow();
    Timers.setBy(turn, TimerKind.OBSERVE, group.toString(), turn.now().plusMillis(millis));
  }

  /**
   * What a target of ours waits for is looked at often, what may last ever more seldom: the longer
   * it lasts already, the longer it may be before the next look.
   */
  private static long pause(Turn turn, Registered target) {
    var settings = turn.settings();
    var state = target.health().state();
    if (STEADY.contains(state)) {
      return settings.healthPollSteadyMillis();
    }
    var lasting = Duration.between(target.at(), turn.now()).toMillis();
    return ENTERING.contains(state)
        ? settings.healthPollMillis()
        : Math.clamp(
            lasting / LASTING_SHARE,
            settings.healthPollMillis(),
            Math.max(settings.healthPollMillis(), settings.healthPollSteadyMillis()));
  }
}
