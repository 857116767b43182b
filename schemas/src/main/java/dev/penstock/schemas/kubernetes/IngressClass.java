package dev.penstock.schemas.kubernetes;

import java.util.Optional;

/** Projection of {@code networking.k8s.io/v1 IngressClass}. */
public record IngressClass(Metadata metadata, String controller, Optional<Parameters> parameters)
    implements KubernetesObject {
  public record Parameters(String apiGroup, String kind, String name) {}
}
