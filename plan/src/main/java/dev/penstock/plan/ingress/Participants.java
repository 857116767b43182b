package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.IngressIntent;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Invalid;
import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.intent.MemberIntent.Valid;
import dev.penstock.schemas.table.MemberRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who takes part in a stack, in group order (LBC 4.1 item 7), and with which intent. */
final class Participants {
  private static final Comparator<Participant> GROUP_ORDER =
      Comparator.comparingInt(Participant::order).thenComparing(p -> p.member().path());

  private Participants() {}

  static boolean leaves(MemberRow row) {
    return switch (row.current().state()) {
      case Leaving _ -> true;
      case Valid _, Invalid _ -> false;
    };
  }

  /** Somebody who leaves wants the load balancer itself to stay. */
  static boolean anyObstacle(StackInput input) {
    return input.members().stream()
        .anyMatch(row -> row.current().state() instanceof Leaving(_, var o) && o.isPresent());
  }

  static List<Participant> of(StackDraft draft) {
    var participants = new ArrayList<Participant>();
    for (MemberRow row : draft.input.members()) {
      participant(draft, row).ifPresent(participants::add);
    }
    participants.sort(GROUP_ORDER);
    return List.copyOf(participants);
  }

  private static Optional<Participant> participant(StackDraft draft, MemberRow row) {
    MemberIntent current = row.current();
    return switch (current.state()) {
      case Leaving(_, var obstacle) -> {
        obstacle.ifPresent(problem -> draft.tell(current.member(), problem));
        yield Optional.empty();
      }
      case Valid(var intent, var warnings) -> {
        warnings.forEach(warning -> draft.tell(current.member(), warning));
        yield Optional.of(new Participant(current.member(), current.order(), intent, true));
      }
      case Invalid(var problems, var remnant, var placed) -> {
        problems.forEach(problem -> draft.tell(current.member(), problem));
        yield refused(row, remnant.filter(_ -> placed));
      }
    };
  }

  /** Last good, cut to what the object still names; else a 503 in its place; else nothing. */
  private static Optional<Participant> refused(MemberRow row, Optional<IngressIntent> remnant) {
    MemberIntent current = row.current();
    var kept = IngressMembers.inForce(row);
    if (kept.isPresent() && kept.get().state() instanceof Valid(var lastGood, _)) {
      return Optional.of(new Participant(current.member(), kept.get().order(), lastGood, true));
    }
    return remnant
        .map(Remnants::alone)
        .map(place -> new Participant(current.member(), current.order(), place, false));
  }
}
