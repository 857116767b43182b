package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Says which call goes next. Pure: the asks, the budget and the time in, the answer out.
 *
 * <ul>
 *   <li>Registering and deregistering share a bucket in which order is strict: whoever is not first
 *       waits.
 *   <li>Elsewhere an ask goes if all its buckets hold enough. On the bucket that all of Elastic
 *       Load Balancing shares, asks within their urgency's guaranteed share go first; what is left
 *       is given by urgency.
 *   <li>A sweep beyond its share only takes from a bucket that is more than half full, so that an
 *       endpoint change finds a token.
 * </ul>
 */
public final class Governor {
  private static final double SWEEP_LEAVES = 0.5;

  private Governor() {}

  /** Who goes, or when to ask again. */
  public sealed interface Next {
    record Go(Ask ask, Budget after) implements Next {}

    record Wait(Instant until) implements Next {}

    record Idle() implements Next {}
  }

  public static Next next(Collection<Ask> open, Budget budget, Instant now) {
    if (open.isEmpty()) {
      return new Next.Idle();
    }
    var candidates = candidates(open);
    var ready = candidates.stream().filter(ask -> ready(ask, budget, now)).toList();
    var first =
        ready.stream()
            .filter(ask -> withinShare(ask, budget, now))
            .findFirst()
            .or(() -> ready.stream().findFirst());
    if (first.isPresent()) {
      var ask = first.get();
      return new Next.Go(ask, budget.paid(ask.costs(), ask.urgency(), now));
    }
    var soonest =
        candidates.stream()
            .map(ask -> until(ask, budget, now))
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new Next.Wait(now.plus(soonest));
  }

  /** In order; of those that want the strict bucket only the first. */
  private static List<Ask> candidates(Collection<Ask> open) {
    var candidates = new ArrayList<Ask>();
    var strictTaken = false;
    for (var ask : open.stream().sorted().toList()) {
      var strict = ask.drawsFrom(Rates.ELB_TARGETS);
      if (!strict || !strictTaken) {
        candidates.add(ask);
      }
      strictTaken |= strict;
    }
    return candidates;
  }

  private static boolean ready(Ask ask, Budget budget, Instant now) {
    return ask.costs().stream()
        .allMatch(cost -> budget.bucket(cost, now).holds(wanted(ask, cost, budget, now)));
  }

  private static Duration until(Ask ask, Budget budget, Instant now) {
    return ask.costs().stream()
        .map(cost -> budget.bucket(cost, now).until(wanted(ask, cost, budget, now)))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static double wanted(Ask ask, Cost cost, Budget budget, Instant now) {
    var shared = cost.bucket().equals(Rates.ELB);
    if (shared && ask.urgency() == Urgency.SWEEP && !withinShare(ask, budget, now)) {
      return cost.tokens() + budget.bucket(cost, now).limit().burst() * SWEEP_LEAVES;
    }
    return cost.tokens();
  }

  private static boolean withinShare(Ask ask, Budget budget, Instant now) {
    return ask.drawsFrom(Rates.ELB) && budget.share(ask.urgency(), now).tokens() >= 1;
  }
}
