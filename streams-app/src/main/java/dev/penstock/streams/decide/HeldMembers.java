package dev.penstock.streams.decide;

import dev.penstock.plan.Verdict;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Members that leave though nobody asked for it, and whose removal is held (design §4, §7): each
 * takes part as it last was, so that nothing of the load balancer changes that it shares with
 * others. It leaves whole when a person approves, or when it turns out that somebody asked.
 */
final class HeldMembers {
  private static final String REMOVAL_HELD = "RemovalHeld";

  private final Turn turn;
  private final StackId stack;
  private final Holds holds;
  private final Departures departures;
  private final Completeness before;
  private final List<ObjectKey> concluded = new ArrayList<>();

  HeldMembers(Turn turn, StackId stack, Holds holds) {
    this.turn = turn;
    this.stack = stack;
    this.holds = holds;
    this.departures = new Departures(turn, stack, holds);
    this.before = new Completeness(turn, stack);
  }

  /** The members as the stack is planned. */
  List<MemberRow> planned(List<MemberRow> members, ClusterMode mode) {
    return mode == ClusterMode.MANAGE ? members.stream().map(this::asBefore).toList() : members;
  }

  private MemberRow asBefore(MemberRow row) {
    var member = row.current().member();
    if (!(row.current().state() instanceof Leaving leaving)
        || leaving.requested()
        || row.lastGood().isEmpty()) {
      return row;
    }
    concluded.add(member);
    var held = held(member);
    held.ifPresent(hold -> holds.hold(member.toString(), hold));
    return held.map(hold -> Moves.asBefore(turn, row, told(hold))).orElse(row);
  }

  /** What went once does not come back for a hold. */
  private Optional<Verdict.Held> held(ObjectKey member) {
    var leaving = departures.of(List.of(member));
    return leaving instanceof Requested || !takesPart(member)
        ? Optional.empty()
        : departures.held(leaving, member.toString());
  }

  private boolean takesPart(ObjectKey member) {
    return before.of(member).stream().anyMatch(entry -> entry.row().wanted());
  }

  private static List<Problem> told(Verdict.Held hold) {
    return List.of(new Problem(REMOVAL_HELD, hold.reason()));
  }

  /** Whoever is not gone yet is still to go; an approval lasts until then. */
  void note() {
    concluded.stream()
        .filter(member -> Intents.find(turn, member, stack).isPresent())
        .forEach(member -> holds.leaving(member.toString()));
  }
}
