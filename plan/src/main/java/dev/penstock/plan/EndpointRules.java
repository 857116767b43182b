package dev.penstock.plan;

import dev.penstock.schemas.aws.Permission;

/** The mark of our rules on security groups that are not ours (LBC 4.13). */
public final class EndpointRules {
  /** The description of each rule that we authorize. */
  public static final String DESCRIPTION = "elbv2.k8s.aws/targetGroupBinding=shared";

  private EndpointRules() {}

  /** Whether a rule carries our mark; further labels may follow it (LBC 10.37). */
  public static boolean isMarked(Permission permission) {
    return permission.description().startsWith(DESCRIPTION);
  }
}
