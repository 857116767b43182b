package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.names.StackNames;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/**
 * A load balancer behind another one is replaced without a gap (design §7, make before break): the
 * one in front goes over to the new one when that can serve, and the old one stays for a while.
 */
final class Frontends {
  private Frontends() {}

  /** A listener in front moves from one of our groups to another when all behind is complete. */
  static Verdict ordered(Turn turn, ResourceKey key, Verdict verdict) {
    var moves =
        StackNames.isFrontend(key.id())
            && verdict instanceof Verdict.Update(LiveListener live, _, var aspects)
            && aspects.contains(Aspect.DEFAULT_ACTIONS)
            && servesOurs(turn, key, live);
    if (!moves || new Completeness(turn, key.stack()).behind()) {
      return verdict;
    }
    return new Verdict.Waiting("what will stand behind it cannot serve yet", turn.now());
  }

  private static boolean servesOurs(Turn turn, ResourceKey key, LiveListener live) {
    return turn
        .scan(Table.OBSERVED, key.stack() + "|" + ResourceKind.TARGET_GROUP.text() + "|")
        .stream()
        .anyMatch(e ->
            e.row().presence() instanceof Present(LiveTargetGroup group)
                && group.spec().behind().isPresent()
                && forwards(live.spec(), group.id()));
  }

  /** Whether a listener of ours forwards to that group of target type alb. */
  static boolean listens(Turn turn, ResourceKey key, Live live) {
    return turn
        .scan(Table.OBSERVED, key.stack() + "|" + ResourceKind.LISTENER.text() + "|")
        .stream()
        .anyMatch(e ->
            e.row().presence() instanceof Present(LiveListener listener)
                && forwards(listener.spec(), live.id()));
  }

  private static boolean forwards(ListenerSpec listener, String group) {
    return listener.defaultActions().stream()
        .filter(Action.Forward.class::isInstance)
        .flatMap(action -> ((Action.Forward) action).targetGroups().stream())
        .map(Action.WeightedTargetGroup::targetGroup)
        .anyMatch(new Link.Known(group)::equals);
  }

  /** Clients may be led to the old group for a while after its listener has moved. */
  static Optional<Verdict.Waiting> kept(
      Turn turn, ResourceKey key, Optional<DesiredRow> row, LiveTargetGroup group) {
    if (group.spec().behind().isEmpty() || !hasSuccessor(turn, key)) {
      return Optional.empty();
    }
    var since = row.flatMap(DesiredRow::unwantedSince).orElse(turn.now());
    var until = since.plusMillis(turn.settings().replacementKeepMillis());
    if (!until.isAfter(turn.now())) {
      return Optional.empty();
    }
    Timers.setBy(turn, TimerKind.DECIDE, "stack|" + key.stack(), until);
    return Optional.of(new Verdict.Waiting("it was replaced and is kept for a while", until));
  }

  /** Whether another resource is wanted in the place of this one. */
  static boolean hasSuccessor(Turn turn, ResourceKey key) {
    var prefix = key.stack() + "|" + key.kind().text() + "|";
    return turn.scan(Table.DESIRED, prefix).stream()
        .filter(e -> e.row().wanted())
        .map(e -> ResourceKey.parse(e.key()))
        .anyMatch(other ->
            !other.equals(key) && StackNames.plain(other.id()).equals(StackNames.plain(key.id())));
  }
}
