package dev.penstock.sandbox.aws;

/** The limits of one account and Region, with AWS's defaults and their names in ELBv2's answer. */
public enum Quota {
  APPLICATION_LOAD_BALANCERS(50, "application-load-balancers"),
  NETWORK_LOAD_BALANCERS(50, "network-load-balancers"),
  LISTENERS_PER_ALB(50, "listeners-per-application-load-balancer"),
  LISTENERS_PER_NLB(50, "listeners-per-network-load-balancer"),
  CERTIFICATES_PER_ALB(25, "certificates-per-application-load-balancer"),
  CERTIFICATES_PER_NLB(25, "certificates-per-network-load-balancer"),
  RULES_PER_ALB(100, "rules-per-application-load-balancer"),
  CONDITION_VALUES_PER_RULE(5, "condition-values-per-alb-rule"),
  WILDCARDS_PER_RULE(6, "condition-wildcards-per-alb-rule"),
  TARGET_GROUPS(3000, "target-groups"),
  TARGET_GROUPS_PER_ALB(100, "target-groups-per-application-load-balancer"),
  TARGET_GROUPS_PER_ALB_ACTION(5, "target-groups-per-action-on-application-load-balancer"),
  TARGET_GROUPS_PER_NLB_ACTION(1, "target-groups-per-action-on-network-load-balancer"),
  TARGETS_PER_TARGET_GROUP(1000, "targets-per-target-group"),
  TARGETS_PER_ALB(1000, "targets-per-application-load-balancer"),
  TARGETS_PER_NLB(3000, "targets-per-network-load-balancer"),
  TARGETS_PER_ZONE_PER_NLB(500, "targets-per-availability-zone-per-network-load-balancer"),
  REGISTRATIONS_PER_TARGET_ID(1000, "target-id-registrations-per-application-load-balancer"),
  TAGS_PER_RESOURCE(50, ""),
  SECURITY_GROUPS(2500, ""),
  RULES_PER_SECURITY_GROUP(60, ""),
  SECURITY_GROUPS_PER_INTERFACE(5, ""),
  CAPACITY_UNITS_PER_LOAD_BALANCER(15_000, ""),
  HOSTED_ZONES(500, ""),
  RECORD_SETS_PER_ZONE(10_000, ""),
  VALUES_PER_RECORD_SET(400, ""),
  /** The most that one page of ELBv2 holds, and what it holds when the caller names no size. */
  ELB_PAGE(400, ""),
  EC2_PAGE(1000, ""),
  ROUTE53_PAGE(300, "");

  private final int standard;
  private final String elbName;

  Quota(int standard, String elbName) {
    this.standard = standard;
    this.elbName = elbName;
  }

  public int standard() {
    return standard;
  }

  /** The name in DescribeAccountLimits, empty if it is not listed there. */
  public String elbName() {
    return elbName;
  }
}
