package dev.penstock.schemas.kubernetes;

import dev.penstock.schemas.avro.Default;
import java.util.List;
import java.util.Optional;

/** Projection of {@code discovery.k8s.io/v1 EndpointSlice}. */
public record EndpointSlice(
    Metadata metadata,
    String serviceName,
    String addressType,
    List<Port> ports,
    List<Endpoint> endpoints)
    implements KubernetesObject {

  /** One port; an absent name is the empty string, an absent number 0. */
  public record Port(String name, int port, String protocol) {}

  /**
   * One endpoint. {@code ready}, {@code serving}, {@code terminating} keep Kubernetes' three
   * values.
   */
  public record Endpoint(
      List<String> addresses,
      Optional<Boolean> ready,
      Optional<Boolean> serving,
      Optional<Boolean> terminating,
      Optional<PodReference> pod,
      Optional<String> nodeName,
      Optional<String> zone) {}

  /** The endpoint's targetRef when its kind is Pod; an empty namespace is that of the slice. */
  public record PodReference(String name, String uid, @Default("\"\"") String namespace) {}
}
