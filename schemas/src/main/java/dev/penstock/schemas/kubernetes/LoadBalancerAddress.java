package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Optional;

/** One entry of {@code status.loadBalancer.ingress}. */
public record LoadBalancerAddress(
    Optional<String> hostname, Optional<String> ip, List<StatusPort> ports) {
  public record StatusPort(int port, String protocol) {}
}
