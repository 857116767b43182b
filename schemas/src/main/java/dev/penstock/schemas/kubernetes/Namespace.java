package dev.penstock.schemas.kubernetes;

/** Projection of {@code v1 Namespace}: labels and whether it is being deleted. */
public record Namespace(Metadata metadata) implements KubernetesObject {}
