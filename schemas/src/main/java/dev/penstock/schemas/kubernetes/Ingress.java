package dev.penstock.schemas.kubernetes;

import java.util.List;
import java.util.Optional;

/** Projection of {@code networking.k8s.io/v1 Ingress}. */
public record Ingress(
    Metadata metadata,
    Optional<String> className,
    Optional<Backend> defaultBackend,
    List<Rule> rules,
    List<Tls> tls,
    List<LoadBalancerAddress> status)
    implements KubernetesObject {

  /**
   * One rule; {@code paths} is empty when the object has no {@code http}. An absent host is the
   * empty string.
   */
  public record Rule(String host, List<Path> paths) {}

  /**
   * One path; an absent path is the empty string, an absent type {@code ImplementationSpecific}.
   */
  public record Path(String path, String pathType, Backend backend) {}

  /** A backend; {@code service} is absent when a resource backend was given. */
  public record Backend(Optional<ServiceBackend> service) {}

  /** A port is given by name or by number. */
  public record ServiceBackend(String name, PortReference port) {}

  public record Tls(List<String> hosts, Optional<String> secretName) {}
}
