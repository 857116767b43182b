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
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;

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
}
