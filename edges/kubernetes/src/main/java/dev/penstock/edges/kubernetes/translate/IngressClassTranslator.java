package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.Metadata;
import java.util.Optional;

/** {@code networking.k8s.io/v1 IngressClass}. */
final class IngressClassTranslator {
  private IngressClassTranslator() {}

  static IngressClass read(Metadata metadata, Fields root) throws MalformedField {
    var spec = root.child("spec");
    var parameters = spec.object("parameters");
    return new IngressClass(
        metadata,
        spec.word("controller"),
        parameters.isEmpty() ? Optional.empty() : Optional.of(parameters(parameters.get())));
  }

  private static IngressClass.Parameters parameters(Fields parameters) throws MalformedField {
    return new IngressClass.Parameters(
        parameters.word("apiGroup"), parameters.word("kind"), parameters.text("name"));
  }
}
