package dev.penstock.streams.decide;

import dev.penstock.plan.Neighbours;
import dev.penstock.plan.OverlapIndex;
import dev.penstock.plan.Redirections;
import dev.penstock.plan.Verdict;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.fold.Retries;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a stack is about to get, and what it cannot get. A rule goes after the listener's new rules
 * came, so that nobody who asks meets neither; and it stays while it answers what a rule asks for
 * that cannot be made (I6), unless it stands in that rule's place or its members are leaving. So it
 * does while its listener is to redirect and does not yet. A listener waits and stays in the same
 * way while its load balancer is to get another one.
 */
final class Arrivals {
  private final Turn turn;
  private final Set<ResourceKey> coming = new HashSet<>();
  private final Set<Link> gettingRules = new HashSet<>();
  private final Set<Link> gettingListeners = new HashSet<>();
  private final Set<Link> lackingListeners = new HashSet<>();
  private final Set<Link> redirecting = new HashSet<>();
  private final Map<Link, OverlapIndex> stuck = new HashMap<>();
  private int stuckRules;
  private int lackingRoom;
  private OptionalLong leavingRules = OptionalLong.empty();

  Arrivals(Turn turn) {
    this.turn = turn;
  }

  /** Notes the verdict on a wanted resource; those that it waits for were noted before. */
  void note(ResourceKey key, ResourceSpec wanted, ObservedRow seen, Verdict verdict) {
    if (seen.presence() instanceof Present(var live)) {
      if (wanted instanceof ListenerSpec listener
          && live instanceof LiveListener(var id, var before)
          && Redirections.begins(listener, before).isPresent()) {
        redirecting.add(new Link.Known(id));
      }
      return;
    }
    var comes = isComing(verdict);
    if (comes) {
      coming.add(key);
    }
    if (wanted instanceof ListenerSpec listener && !Retries.lacksRoom(turn, key)) {
      (comes ? gettingListeners : lackingListeners).add(listener.loadBalancer());
    }
    if (wanted instanceof ListenerRuleSpec rule) {
      if (comes) {
        gettingRules.add(rule.listener());
      } else {
        stuck.computeIfAbsent(rule.listener(), _ -> new OverlapIndex()).add(rule.conditions());
        stuckRules++;
        lackingRoom += Retries.lacksRoom(turn, key) ? 1 : 0;
      }
    }
  }

  /**
   * What the delete of a rule or listener waits for; neighbours are the resources of the same
   * stack.
   */
  Optional<Verdict.Blocked> before(
      ResourceKey key, Optional<DesiredRow> row, Verdict.Delete delete, Neighbours neighbours) {
    if (delete.observed() instanceof LiveListener(_, var listener)) {
      return before(key, row, listener.loadBalancer());
    }
    if (!(delete.observed() instanceof LiveListenerRule rule)) {
      return Optional.empty();
    }
    if (gettingRules.contains(rule.spec().listener())) {
      return blocked("waits until the listener's new rules are made");
    }
    if (redirecting.contains(rule.spec().listener()) && isStanding(key, row)) {
      return blocked("waits until its listener redirects");
    }
    if (answersStuck(rule.spec()) && isStanding(key, row) && !makesRoom(neighbours)) {
      return blocked("answers what a rule asks for that could not be made");
    }
    return Optional.empty();
  }

  private Optional<Verdict.Blocked> before(
      ResourceKey listener, Optional<DesiredRow> row, Link loadBalancer) {
    if (!isStanding(listener, row)) {
      return Optional.empty();
    }
    if (gettingListeners.contains(loadBalancer)) {
      return blocked("waits until the load balancer's new listeners are made");
    }
    return lackingListeners.contains(loadBalancer)
        ? blocked("stands in for a listener that could not be made")
        : Optional.empty();
  }

  /** Whether a member that stays asked for it: what nobody stands for any more waits for nobody. */
  private boolean isStanding(ResourceKey key, Optional<DesiredRow> row) {
    return row.stream()
        .flatMap(r -> r.wantedBy().stream())
        .flatMap(member -> Intents.find(turn, member, key.stack()).stream())
        .anyMatch(member -> !member.leaving());
  }

  private static Optional<Verdict.Blocked> blocked(String reason) {
    return Optional.of(new Verdict.Blocked(List.of(), reason));
  }

  /** Whether the rule answers what one asks for that is stuck. */
  private boolean answersStuck(ListenerRuleSpec rule) {
    var alike = stuck.get(rule.listener());
    return alike != null && alike.anyOverlaps(rule.conditions());
  }

  /** Whether all that is wanted can be made once all that is not wanted went. */
  private boolean makesRoom(Neighbours neighbours) {
    if (leavingRules.isEmpty()) {
      var leaving = neighbours.going().stream().filter(n -> n.live() instanceof LiveListenerRule);
      leavingRules = OptionalLong.of(leaving.count());
    }
    return stuckRules == lackingRoom && lackingRoom <= leavingRules.getAsLong();
  }

  private boolean isComing(Verdict verdict) {
    return switch (verdict) {
      case Verdict.InFlight _, Verdict.Waiting _, Verdict.Undecided _ -> true;
      case Verdict.Blocked(var on, _) -> on.stream().anyMatch(coming::contains);
      case Verdict.InSync _,
          Verdict.Create _,
          Verdict.Update _,
          Verdict.Replace _,
          Verdict.Delete _,
          Verdict.Held _,
          Verdict.Foreign _,
          Verdict.Rejected _ ->
          false;
    };
  }
}
