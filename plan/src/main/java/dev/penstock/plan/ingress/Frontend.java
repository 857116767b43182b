package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;
import dev.penstock.schemas.key.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network load balancer in front of a group's own, settled between the members. Tags are absent
 * where those of the load balancer behind count.
 */
record Frontend(
    String scheme,
    List<String> subnets,
    List<Link> securityGroups,
    List<String> allocationIds,
    Map<String, String> attributes,
    Optional<Map<String, String>> tags,
    List<Port> ports,
    Optional<String> divergence) {

  /** One listener of it, the port behind, and who asks for it. */
  record Port(int port, int target, HealthCheck healthCheck, List<ObjectKey> members) {}
}
