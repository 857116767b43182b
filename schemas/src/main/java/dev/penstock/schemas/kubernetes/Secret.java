package dev.penstock.schemas.kubernetes;

import java.util.Optional;

/**
 * Projection of a Secret that an OIDC annotation names: the client id, never the secret or a hash
 * of it.
 */
public record Secret(Metadata metadata, Optional<String> clientId) implements KubernetesObject {}
