package dev.penstock.plan.names;

import dev.penstock.schemas.key.StackId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that LBC gives to the resources of one Ingress stack (LBC 4.3), so that its load
 * balancers can be taken over and given back. A successor number above zero, which LBC does not
 * know, makes the name of a replacement (design §7, make before break).
 */
public record StackNames(String cluster, String group) {
  public static final String LOAD_BALANCER = "LoadBalancer";
  public static final String FRONTEND = "FrontendNlb";
  public static final String MANAGED_GROUP = "ManagedLBSecurityGroup";
  public static final String MANAGED_GROUP_DESCRIPTION =
      "[k8s] Managed SecurityGroup for LoadBalancer";
  public static final String BACKEND_GROUP = "backend-sg";
  public static final String BACKEND_GROUP_DESCRIPTION =
      "[k8s] Shared Backend SecurityGroup for LoadBalancer";

  private static final String FRONTEND_SUFFIX = "-nlb";
  private static final int LONGEST_NAME = 32;
  private static final int HASH = 10;

  public static StackNames of(String lbcCluster, StackId stack) {
    return new StackNames(lbcCluster, stack.id());
  }

  public String loadBalancer(String scheme, int successor) {
    return grouped(hash(List.of(cluster, group, scheme), successor));
  }

  public String managedSecurityGroup(int successor) {
    return grouped(hash(List.of(cluster, group), successor));
  }

  /** What a target group's name is made of. */
  public record TargetGroupParts(
      String ingressNamespace,
      String ingressName,
      String serviceNamespace,
      String serviceName,
      String serviceUid,
      String portReference,
      int port,
      String targetType,
      String protocol,
      String protocolVersion,
      Optional<Integer> controlPort) {}

  public String targetGroup(TargetGroupParts parts, int successor) {
    var hashed =
        new ArrayList<>(
            List.of(
                cluster,
                group,
                parts.ingressNamespace(),
                parts.ingressName(),
                parts.serviceUid(),
                parts.portReference(),
                Integer.toString(parts.port()),
                parts.targetType(),
                parts.protocol(),
                parts.protocolVersion()));
    parts.controlPort().ifPresent(port -> hashed.add(Integer.toString(port)));
    return "k8s-"
        + head(parts.serviceNamespace(), 8)
        + "-"
        + head(parts.serviceName(), 8)
        + "-"
        + hash(hashed, successor);
  }

  /** The network load balancer in front is called after the load balancer behind it. */
  public static String frontend(String loadBalancerName, int successor) {
    var suffix = successor == 0 ? FRONTEND_SUFFIX : "-" + successor + FRONTEND_SUFFIX;
    int length = Math.min(loadBalancerName.length(), LONGEST_NAME - suffix.length());
    return loadBalancerName.substring(0, length) + suffix;
  }

  public String frontendTargetGroup(
      int port, String healthCheckPort, String healthCheckProtocol, int successor) {
    var hashed =
        List.of(
            cluster,
            group,
            Integer.toString(port),
            "alb",
            "TCP",
            healthCheckPort,
            healthCheckProtocol);
    return grouped(hash(hashed, successor));
  }

  /** The resource id of the listener of the network load balancer in front. */
  public static String frontendListener(int port) {
    return FRONTEND + "-ls-TCP-" + port;
  }

  /** The resource id of the target group behind that listener. */
  public static String frontendTargetGroup(int port) {
    return FRONTEND + "-tg-TCP-" + port;
  }

  /** Whether a resource id is that of the network load balancer in front or of a part of it. */
  public static boolean isFrontend(String resourceId) {
    return resourceId.startsWith(FRONTEND);
  }

  public static String backendSecurityGroup(String cluster) {
    return "k8s-traffic-"
        + head(cluster, 232)
        + "-"
        + Hashes.hex(List.of(cluster)).substring(0, HASH);
  }

  /** Only an implicit group's id holds a slash (LBC 4.1). */
  private String grouped(String hash) {
    int slash = group.indexOf('/');
    return slash < 0
        ? "k8s-" + head(group, 17) + "-" + hash
        : "k8s-"
            + head(group.substring(0, slash), 8)
            + "-"
            + head(group.substring(slash + 1), 8)
            + "-"
            + hash;
  }

  private static String hash(List<String> parts, int successor) {
    var hashed = new ArrayList<>(parts);
    if (successor > 0) {
      hashed.add("#" + successor);
    }
    return Hashes.hex(hashed).substring(0, HASH);
  }

  private static String head(String text, int length) {
    var clean = new StringBuilder();
    for (int i = 0; i < text.length() && clean.length() < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
        clean.append(c);
      }
    }
    return clean.toString();
  }
}
