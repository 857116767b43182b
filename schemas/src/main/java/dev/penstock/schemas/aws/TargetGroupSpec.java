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
