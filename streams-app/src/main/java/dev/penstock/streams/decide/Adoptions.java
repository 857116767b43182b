package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.Written;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * What was live before we came, and what a member may want that was invalid ever since: our log
 * never wrote or confirmed it, so nobody can say that it is not wanted. It stays until the member
 * can be read, or a person approves (design §7, last good).
 */
final class Adoptions {
  private final List<ObjectKey> unread;

  Adoptions(Turn turn, StackId stack) {
    this.unread =
        Intents.members(turn, stack).stream()
            .filter(row ->
                row.current().state() instanceof MemberIntent.Invalid && row.lastGood().isEmpty())
            .map(row -> row.current().member())
            .toList();
  }

  /** Why the verdict may not be carried out by itself; empty: it takes nothing of that kind. */
  Optional<Unasked> stays(Optional<DesiredRow> row, ObservedRow seen, Verdict verdict) {
    return !unread.isEmpty()
            && verdict instanceof Verdict.Update update
            && seen.presence() instanceof Present(var live)
            && !Written.holdsId(seen.lastWritten(), live.id())
            && takesAway(row, live, update)
        ? Optional.of(
            new Unasked("it was live before " + unread.getFirst().path() + " could be read"))
        : Optional.empty();
  }

  private boolean takesAway(Optional<DesiredRow> row, Live live, Verdict.Update update) {
    return switch (live) {
      case Live.LiveListenerRule _ ->
          update.aspects().contains(Aspect.CONDITIONS)
              && row.filter(wanted -> unread.containsAll(wanted.wantedBy())).isPresent();
      case Live.LiveListener(_, var there) ->
          update.aspects().contains(Aspect.DEFAULT_ACTIONS)
              || update.desired() instanceof ListenerSpec wanted
                  && !wanted.certificates().containsAll(there.certificates());
      case Live.LiveLoadBalancer _,
          Live.LiveTargetGroup _,
          Live.LiveSecurityGroup _,
          Live.LiveSecurityGroupRules _,
          Live.LiveCertificate _,
          Live.LiveProtection _,
          Live.LiveRecordName _ ->
          false;
    };
  }
}
