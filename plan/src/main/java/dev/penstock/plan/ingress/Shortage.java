package dev.penstock.plan.ingress;

import dev.penstock.schemas.intent.Problem;
import java.util.Optional;

/** What a quota leaves no room for, as its owner is told. */
final class Shortage {
  static final String REASON = "QuotaExceeded";

  private Shortage() {}

  /** Empty if all fits; {@code what} is counted, {@code first} of it have the room before. */
  static Optional<Problem> of(String what, int first, int fresh, int limit) {
    int over = first + fresh - limit;
    return fresh == 0 || over <= 0
        ? Optional.empty()
        : Optional.of(
            new Problem(
                REASON,
                "a load balancer may have %d %s: beside %d that come first, %d of the %d new ones are too many"
                    .formatted(limit, what, first, over, fresh)));
  }
}
