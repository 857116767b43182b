package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projection of {@code v1 Service}. */
public record Service(
    Metadata metadata,
    String type,
    String clusterIp,
    List<String> ipFamilies,
    List<Port> ports,
    Map<String, String> selector,
    String externalTrafficPolicy,
    int healthCheckNodePort,
    Optional<String> loadBalancerClass,
    List<String> loadBalancerSourceRanges,
    List<String> externalIps,
    Optional<String> externalName,
    List<LoadBalancerAddress> status)
    implements KubernetesObject {

  /** One port; an absent name is the empty string, an absent node port 0. */
  public record Port(
      String name, int port, PortReference targetPort, int nodePort, String protocol) {}
}
