package dev.penstock.plan.targets;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.table.TargetRow.Endpoint;
import java.util.List;
import java.util.Optional;

/** Which endpoints stand behind one target group. */
public sealed interface TargetsIntent {
  /**
   * All endpoints that the cluster shows for the group, in the order of their targets. A problem
   * says why there are none, or fewer than there should be.
   */
  record Resolved(List<Selected> endpoints, Optional<Problem> problem) implements TargetsIntent {}

  /** What decides is not known or cannot be read: nothing may be concluded (I2). */
  record Unresolved(String reason) implements TargetsIntent {}

  /** An endpoint that the cluster shows, wanted or not; its standing says which. */
  record Selected(Target target, Endpoint endpoint) {}
}
