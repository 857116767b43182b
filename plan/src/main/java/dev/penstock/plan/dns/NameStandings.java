package dev.penstock.plan.dns;

import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ClaimRow;
import java.time.Instant;
import java.util.ArrayList;
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

  public record Underway(String reason) implements Progress {}

  /** Somebody else has the name. */
  public record Taken(String reason) implements Progress {}

  /** A policy stands in the way. */
  public record Held(String reason) implements Progress {}

  /** Route 53 refuses the records: they stay as they are until somebody does something. */
  public record Stuck(String reason) implements Progress {}

  /**
   * The claims whose standing or reason is another one now. A claim without pointing is withdrawn
   * once {@code gone}: no record of the name that is ours is left, or others hold it.
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
      if (row.standing() != claim.standing() || !row.reason().equals(claim.reason())) {
        changed.add(row);
      }
    }
    return List.copyOf(changed);
  }

  private record Answer(Standing standing, String reason) {}

  private static ClaimRow row(
      NamePlan plan, ClaimRow claim, Answer answer, boolean gone, Instant now) {
    if (claim.pointing().isEmpty()) {
      return gone || !plan.standing().isEmpty()
          ? with(claim, new Answer(Standing.WITHDRAWN, ""), now)
          : with(claim, new Answer(Standing.PENDING, "the records are being removed"), now);
    }
    Optional<Answer> refused =
        plan.refusals().stream()
            .filter(r -> r.claim().equals(claim))
            .map(r -> new Answer(Standing.REFUSED, r.reason()))
            .findFirst();
    return with(claim, refused.orElse(answer), now);
  }

  /** The worst of all zones: a name is live when it is live everywhere. */
  private static Answer answer(NamePlan plan, Function<ResourceKey, Progress> progress) {
    if (plan.blockedOn().isPresent()) {
      return new Answer(Standing.PENDING, plan.blockedOn().get());
    }
    var worst = new Answer(Standing.LIVE, "");
    for (var name : plan.names()) {
      var one =
          switch (progress.apply(name.key())) {
            case InForce() -> new Answer(Standing.LIVE, "");
            case Underway(var reason) -> new Answer(Standing.PENDING, reason);
            case Taken(var reason) -> new Answer(Standing.REFUSED, reason);
            case Held(var reason) -> new Answer(Standing.HELD, reason);
            case Stuck(var reason) ->
                new Answer(Standing.HELD, "Route 53 cannot be given the records: " + reason);
          };
      if (rank(one) > rank(worst)) {
        worst = one;
      }
    }
    return worst;
  }

  private static int rank(Answer answer) {
    return switch (answer.standing()) {
      case LIVE, WITHDRAWN -> 0;
      case PENDING -> 1;
      case HELD -> 2;
      case REFUSED -> 3;
    };
  }

  private static ClaimRow with(ClaimRow claim, Answer answer, Instant now) {
    return new ClaimRow(
        claim.host(),
        claim.owner(),
        claim.claimant(),
        claim.stack(),
        claim.member(),
        claim.seq(),
        claim.pointing(),
        answer.standing(),
        answer.reason(),
        claim.standing() == answer.standing() ? claim.standingSince() : now);
  }
}
