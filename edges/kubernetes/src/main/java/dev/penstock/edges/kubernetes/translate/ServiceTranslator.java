package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.PortReference;
import dev.penstock.schemas.kubernetes.Service;

/** {@code v1 Service}. */
final class ServiceTranslator {
  private ServiceTranslator() {}

  static Service read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    return new Service(
        metadata,
        spec.word("type", "ClusterIP"),
        spec.text("clusterIP"),
        spec.words("ipFamilies"),
        spec.list("ports", ServiceTranslator::port),
        spec.wordMap("selector"),
        spec.word("externalTrafficPolicy"),
        spec.portNumber("healthCheckNodePort"),
        spec.optionalText("loadBalancerClass"),
        spec.words("loadBalancerSourceRanges"),
        spec.words("externalIPs"),
        spec.optionalText("externalName"),
        AddressTranslator.read(root));
  }

  /** An API server fills in an absent target port; where none did it is 0, which plan refuses. */
  private static Service.Port port(Fields port) throws MalformedField {
    return new Service.Port(
        port.word("name"),
        port.portNumber("port"),
        port.port("targetPort").orElse(new PortReference.Numbered(0)),
        port.portNumber("nodePort"),
        port.word("protocol", "TCP"));
  }
}
