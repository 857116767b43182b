package dev.penstock.schemas.aws;

/**
 * What is known of one target. The words of its state are AWS's (AWS API: TargetHealth), and three
 * of ours for what no DescribeTargetHealth says.
 */
public record TargetHealth(Target target, String state, String reason, String description) {
  public static final String INITIAL = "initial";
  public static final String HEALTHY = "healthy";
  public static final String UNHEALTHY = "unhealthy";

  /** No load balancer sends anything to it. */
  public static final String UNUSED = "unused";

  /** Health checks are off. */
  public static final String UNAVAILABLE = "unavailable";

  public static final String DRAINING = "draining";

  /** What a write that AWS took is remembered as, until AWS shows a state of its own. */
  public static final String REGISTERED = "registered";

  /** As {@link #REGISTERED}. */
  public static final String DEREGISTERED = "deregistered";

  /** What an applier says of a target that AWS did not take; no word of AWS. */
  public static final String REFUSED = "refused";

  /** Whether the target is on its way out, or out. */
  public boolean leaving() {
    return state.equals(DRAINING)
        || state.equals(DEREGISTERED)
        || reason.equals("Target.NotRegistered");
  }
}
