package dev.penstock.plan.targets;

import dev.penstock.schemas.aws.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to the targets of one group now: {@code register} and the departures at once, in two
 * lanes of their own; the others wait. {@code next} is when the group must be looked at again if
 * nothing happens before.
 */
public record TargetDecision(
    List<Target> register,
    List<Target> leaveGone,
    List<Target> leave,
    List<Stay> stays,
    List<Target> overLimit,
    Optional<Instant> next) {

  /** A registered target that nobody wants and that may not leave yet. */
  public record Stay(Target target, String reason, Optional<Instant> until) {}

  /** All targets that leave now, the gone ones first. */
  public List<Target> departures() {
    return Stream.concat(leaveGone.stream(), leave.stream()).toList();
  }
}
