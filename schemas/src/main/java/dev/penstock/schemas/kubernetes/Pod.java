package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Optional;

/** Projection of {@code v1 Pod}: what the target rule and readiness gates need. */
public record Pod(
    Metadata metadata,
    String nodeName,
    List<String> ips,
    String hostIp,
    String phase,
    List<Condition> conditions,
    List<String> readinessGates,
    List<ContainerPort> ports)
    implements KubernetesObject {

  /** The annotation that names the containers behind which a QUIC server has an id (LBC 1.6). */
  public static final String QUIC_CONTAINERS =
      "service.beta.kubernetes.io/aws-load-balancer-quic-enabled-containers";

  /** One port; {@code quicServerId} as AWS writes it, where the container behind it has one. */
  public record ContainerPort(
      String name, int port, String protocol, Optional<String> quicServerId) {}
}
