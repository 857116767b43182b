package dev.penstock.streams.decide;

import dev.penstock.plan.Order;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.Written;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was live before we came, and what a member may want that was invalid ever since: our log
 * never wrote or confirmed it, so nobody can say that it is not wanted. It stays until the member
 * can be read, or a person approves (design §7, last good).
 */
final class Adoptions {
  private final SequencedSet<ObjectKey> unread;

  /** The ids of live rules that no log of ours knows the use of, and of what they stand on. */
  private final Set<String> unexplained = new TreeSet<>();

  Adoptions(Turn turn, StackId stack) {
    this.unread =
        Intents.members(turn, stack).stream()
            .filter(row ->
                row.current().state() instanceof MemberIntent.Invalid && row.lastGood().isEmpty())
            .map(row -> row.current().member())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!unread.isEmpty()) {
      explain(turn, stack);
    }
  }

  private void explain(Turn turn, StackId stack) {
    var balancers = new TreeMap<String, Link>();
    for (var entry : turn.scan(Table.OBSERVED, prefix(stack, ResourceKind.LISTENER))) {
      if (entry.row().presence() instanceof Present(Live.LiveListener(var id, var spec))) {
        balancers.put(id, spec.loadBalancer());
      }
    }
    for (var entry : turn.scan(Table.OBSERVED, prefix(stack, ResourceKind.LISTENER_RULE))) {
      if (entry.row().presence() instanceof Present(Live.LiveListenerRule(var id, var spec))
          && !Written.holdsId(entry.row().lastWritten(), id)
          && mayBeUnread(turn.get(Table.DESIRED, entry.key()))) {
        var listener = Order.id(spec.listener());
        unexplained.add(id);
        unexplained.add(listener);
        Optional.ofNullable(balancers.get(listener)).map(Order::id).ifPresent(unexplained::add);
      }
    }
  }

  private static String prefix(StackId stack, ResourceKind kind) {
    return stack + "|" + kind.text() + "|";
  }

  /** Whether nobody but members that cannot be read ever asked for it. */
  private boolean mayBeUnread(Optional<DesiredRow> row) {
    return row.map(DesiredRow::wantedBy).filter(by -> !unread.containsAll(by)).isEmpty();
  }

  /** Why the verdict may not be carried out by itself; empty: it takes nothing of that kind. */
  Optional<Unasked> stays(Optional<DesiredRow> row, ObservedRow seen, Verdict verdict) {
    return !unread.isEmpty()
            && seen.presence() instanceof Present(var live)
            && takesAway(row, seen, live, verdict)
        ? Optional.of(
            new Unasked("it was live before " + unread.getFirst().path() + " could be read"))
        : Optional.empty();
  }

  private boolean takesAway(
      Optional<DesiredRow> row, ObservedRow seen, Live live, Verdict verdict) {
    return verdict instanceof Verdict.Delete && unexplained.contains(live.id())
        || verdict instanceof Verdict.Update update
            && !Written.holdsId(seen.lastWritten(), live.id())
            && takesAway(row, live, update);
  }

  private boolean takesAway(Optional<DesiredRow> row, Live live, Verdict.Update update) {
    return switch (live) {
      case Live.LiveListenerRule _ ->
          update.aspects().contains(Aspect.CONDITIONS) && row.isPresent() && mayBeUnread(row);
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
