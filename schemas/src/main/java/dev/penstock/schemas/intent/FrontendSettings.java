package dev.penstock.schemas.intent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a member says about the network load balancer in front of the group's own (LBC 1.5); absent
 * and empty mean that it says nothing. {@code problems} are values that cannot be read: they count
 * only where the group has such a load balancer, and then nothing else that the member says does.
 */
public record FrontendSettings(
    Optional<Boolean> enabled,
    Optional<String> scheme,
    List<String> subnets,
    List<String> securityGroups,
    List<String> allocationIds,
    List<PortMapping> ports,
    HealthCheckSettings healthCheck,
    Map<String, String> attributes,
    Map<String, String> tags,
    List<Problem> problems) {

  /** Connections to {@code port} go to the listener on {@code target} behind it. */
  public record PortMapping(int port, int target) {}

  /** The fields of the health check that the member sets. */
  public record HealthCheckSettings(
      Optional<String> protocol,
      Optional<String> port,
      Optional<String> path,
      Optional<Integer> intervalSeconds,
      Optional<Integer> timeoutSeconds,
      Optional<Integer> healthyThreshold,
      Optional<Integer> unhealthyThreshold,
      Optional<String> matcher) {}
}
