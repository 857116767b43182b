package dev.penstock.plan.dns;

import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.HoldRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a DNS scope answers to the claims of one name, given how far its records are. */
public final class NameStandings {
  private NameStandings() {}

  /** How far a name is in one zone. */
  public sealed interface Progress {}

  /** The records are as planned and Route 53 has them everywhere. */
  public record InForce() implements Progress {}

  /** The records are as planned, but Route 53 does not have them everywhere yet. */
  public record Spreading() implements Progress {}

  public record Underway(String reason) implements Progress {}

  /** Somebody else has the name. */
  public record Taken(String reason) implements Progress {}

  /** A policy stands in the way. */
  public record Held(String reason, Optional<HoldRule> rule) implements Progress {}

  /** Route 53 refuses the records: they stay as they are until somebody does something. */
  public record Stuck(String reason) implements Progress {}

  /**
   * The claims whose row is another one now. A claim without pointing is withdrawn once {@code
   * gone}: no record of the name that is ours is left, or others hold it.
   */
  public static List<ClaimRow> changed(
      NamePlan plan,
      List<ClaimRow> claims,
      Function<ResourceKey, Progress> progress,
      boolean gone,
      Instant now) {
    var answer = answer(plan, progress);
    var changed = new ArrayList<ClaimRow>();
    for (var claim : claims) {
      var row = row(plan, claim, answer, gone, now);
      if (!row.equals(claim)) {
        changed.add(row);
      }
    }
    return List.copyOf(changed);
  }

  /** {@code written}: the records are those of the plan in some zone. */
  private record Answer(
      Standing standing, String reason, Optional<HoldRule> rule, boolean written) {
    Answer(Standing standing, String reason, boolean written) {
      this(standing, reason, Optional.empty(), written);
    }
  }

  private static ClaimRow row(
      NamePlan plan, ClaimRow claim, Answer answer, boolean gone, Instant now) {
    if (claim.pointing().isEmpty()) {
      return gone || !plan.standing().isEmpty()
          ? answered(claim, new Answer(Standing.WITHDRAWN, "", false), now)
          : answered(claim, underway("the records are being removed"), now);
    }
    return plan.refusals().stream()
        .filter(r -> r.claim().equals(claim))
        .map(r -> new Answer(Standing.REFUSED, r.reason(), false))
        .map(refusal -> answered(claim, refusal, now).holding(Optional.empty()))
        .findFirst()
        .orElseGet(() ->
            answered(claim, answer, now)
                .holding(answer.written() ? claim.pointing() : claim.inForce()));
  }

  /** The worst of all zones: a name is live when it is live everywhere. */
  private static Answer answer(NamePlan plan, Function<ResourceKey, Progress> progress) {
    if (plan.blockedOn().isPresent()) {
      return underway(plan.blockedOn().get());
    }
    var answers = plan.names().stream().map(name -> answer(progress.apply(name.key()))).toList();
    var worst = answers.stream().max(Comparator.comparing(NameStandings::rank));
    return new Answer(
        worst.map(Answer::standing).orElse(Standing.LIVE),
        worst.map(Answer::reason).orElse(""),
        worst.flatMap(Answer::rule),
        answers.stream().anyMatch(Answer::written));
  }

  private static Answer answer(Progress progress) {
    return switch (progress) {
      case InForce() -> new Answer(Standing.LIVE, "", true);
      case Spreading() -> new Answer(Standing.PENDING, "Route 53 is spreading the change", true);
      case Underway(var reason) -> underway(reason);
      case Taken(var reason) -> new Answer(Standing.REFUSED, reason, false);
      case Held(var reason, var rule) -> new Answer(Standing.HELD, reason, rule, false);
      case Stuck(var reason) ->
          new Answer(Standing.HELD, "Route 53 cannot be given the records: " + reason, false);
    };
  }

  private static Answer underway(String reason) {
    return new Answer(Standing.PENDING, reason, false);
  }

  private static int rank(Answer answer) {
    return switch (answer.standing()) {
      case LIVE, WITHDRAWN -> 0;
      case PENDING -> 1;
      case HELD -> 2;
      case REFUSED -> 3;
    };
  }

  private static ClaimRow answered(ClaimRow claim, Answer answer, Instant now) {
    var since = claim.standing() == answer.standing() ? claim.standingSince() : now;
    return claim.answered(answer.standing(), answer.reason(), answer.rule(), since);
  }
}
