package dev.penstock.schemas.settings;

/**
 * What AWS grants to one account and Region, with AWS's own numbers in {@link #defaults()}. Nothing
 * new is asked for beyond them; what is live already stays.
 */
public record Quotas(
    int rulesPerLoadBalancer,
    int certificatesPerLoadBalancer,
    int targetGroupsPerLoadBalancer,
    int targetsPerTargetGroup,
    int rulesPerSecurityGroup) {

  public static Quotas defaults() {
    return new Quotas(100, 25, 100, 1000, 60);
  }
}
