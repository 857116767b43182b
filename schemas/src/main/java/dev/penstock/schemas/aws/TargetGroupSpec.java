package dev.penstock.schemas.aws;

import java.util.Map;
import java.util.Optional;

/**
 * A target group. Attributes hold only keys that somebody set (or that we must reset). {@code
 * behind} is the load balancer that a group of target type alb leads to; targets of other groups
 * are not part of it.
 */
public record TargetGroupSpec(
    String name,
    String targetType,
    String protocol,
    String protocolVersion,
    int port,
    String ipAddressType,
    String vpcId,
    HealthCheck healthCheck,
    Optional<Integer> targetControlPort,
    Map<String, String> attributes,
    Map<String, String> tags,
    Optional<LoadBalancerTarget> behind)
    implements ResourceSpec {

  public TargetGroupSpec withHealthCheck(HealthCheck changed) {
    return with(changed, attributes, tags, behind);
  }

  public TargetGroupSpec withAttributes(Map<String, String> changed) {
    return with(healthCheck, changed, tags, behind);
  }

  public TargetGroupSpec withTags(Map<String, String> changed) {
    return with(healthCheck, attributes, changed, behind);
  }

  public TargetGroupSpec withBehind(Optional<LoadBalancerTarget> changed) {
    return with(healthCheck, attributes, tags, changed);
  }

  /** All that AWS lets us change. */
  private TargetGroupSpec with(
      HealthCheck healthCheck,
      Map<String, String> attributes,
      Map<String, String> tags,
      Optional<LoadBalancerTarget> behind) {
    return new TargetGroupSpec(
        name,
        targetType,
        protocol,
        protocolVersion,
        port,
        ipAddressType,
        vpcId,
        healthCheck,
        targetControlPort,
        attributes,
        tags,
        behind);
  }

  /**
   * The one target of a group of target type alb. AWS takes it only once {@code listener} is there,
   * which AWS's own answers do not name.
   */
  public record LoadBalancerTarget(Link loadBalancer, int port, Optional<Link> listener) {}

  /**
   * Port is {@code traffic-port} or a number; the matcher is a code list, for gRPC of gRPC codes.
   */
  public record HealthCheck(
      String protocol,
      String port,
      String path,
      int intervalSeconds,
      int timeoutSeconds,
      int healthyThreshold,
      int unhealthyThreshold,
      String matcher) {}
}
