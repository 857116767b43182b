package dev.penstock.schemas.aws;

import java.util.Map;
import java.util.Optional;

/** A target group. Attributes hold only keys that somebody set (or that we must reset). */
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
    Map<String, String> tags)
    implements ResourceSpec {

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
