package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.PortReference;
import java.util.Optional;

/** {@code networking.k8s.io/v1 Ingress}. */
final class IngressTranslator {
  private IngressTranslator() {}

  static Ingress read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    var defaultBackend = spec.object("defaultBackend");
    return new Ingress(
        metadata,
        spec.optionalText("ingressClassName"),
        defaultBackend.isPresent() ? Optional.of(backend(defaultBackend.get())) : Optional.empty(),
        spec.list("rules", IngressTranslator::rule),
        spec.list(
            "tls", tls -> new Ingress.Tls(tls.words("hosts"), tls.optionalText("secretName"))),
        AddressTranslator.read(root));
  }

  private static Ingress.Rule rule(Fields rule) throws MalformedField {
    return new Ingress.Rule(
        rule.text("host"), rule.child("http").list("paths", IngressTranslator::path));
  }

  private static Ingress.Path path(Fields path) throws MalformedField {
    return new Ingress.Path(
        path.text("path"),
        path.word("pathType", "ImplementationSpecific"),
        backend(path.child("backend")));
  }

  private static Ingress.Backend backend(Fields backend) throws MalformedField {
    var service = backend.object("service");
    return service.isEmpty()
        ? new Ingress.Backend(Optional.empty())
        : new Ingress.Backend(Optional.of(service(service.get())));
  }

  private static Ingress.ServiceBackend service(Fields service) throws MalformedField {
    var name = service.text("name");
    if (name.isEmpty()) {
      throw service.malformed("name", "is missing");
    }
    var port = service.child("port");
    var portName = port.word("name");
    var number = port.portNumber("number");
    if (portName.isEmpty() && number == 0) {
      throw service.malformed("port", "has neither a name nor a number");
    }
    return new Ingress.ServiceBackend(
        name,
        portName.isEmpty()
            ? new PortReference.Numbered(number)
            : new PortReference.Named(portName));
  }
}
