package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.Optional;

/** {@code discovery.k8s.io/v1 EndpointSlice}. */
final class EndpointSliceTranslator {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private EndpointSliceTranslator() {}

  static EndpointSlice read(Metadata metadata, Fields root) throws MalformedField {
    return new EndpointSlice(
        metadata,
        metadata.labels().getOrDefault(SERVICE_NAME, ""),
        root.word("addressType"),
        root.list("ports", EndpointSliceTranslator::port),
        root.list("endpoints", endpoint -> endpoint(endpoint, metadata.namespace())));
  }

  private static EndpointSlice.Port port(Fields port) throws MalformedField {
    return new EndpointSlice.Port(
        port.word("name"), port.portNumber("port"), port.word("protocol", "TCP"));
  }

  private static EndpointSlice.Endpoint endpoint(Fields endpoint, String namespace)
      throws MalformedField {
    var conditions = endpoint.child("conditions");
    return new EndpointSlice.Endpoint(
        endpoint.words("addresses"),
        conditions.optionalFlag("ready"),
        conditions.optionalFlag("serving"),
        conditions.optionalFlag("terminating"),
        pod(endpoint.child("targetRef"), namespace),
        endpoint.optionalText("nodeName"),
        endpoint.optionalText("zone"));
  }

  private static Optional<EndpointSlice.PodReference> pod(Fields reference, String namespace)
      throws MalformedField {
    var of = reference.word("namespace");
    return reference.word("kind").equals("Pod")
        ? Optional.of(
            new EndpointSlice.PodReference(
                reference.text("name"), reference.text("uid"), of.equals(namespace) ? "" : of))
        : Optional.empty();
  }
}
