package dev.penstock.schemas.aws;

/** A part of a resource that AWS reads or writes with a call of its own. */
public enum Aspect {
  /** What the describe call of the resource itself answers. */
  CORE,
  SUBNETS,
  SECURITY_GROUPS,
  IP_ADDRESS_TYPE,
  IPAM,
  ATTRIBUTES,
  TAGS,
  HEALTH_CHECK,
  CERTIFICATES,
  DEFAULT_ACTIONS,
  MUTUAL_AUTHENTICATION,
  CONDITIONS,
  PRIORITY,
  INGRESS_RULES,
  CAPACITY,
  /** The load balancer behind a target group of target type alb. */
  BEHIND
}
