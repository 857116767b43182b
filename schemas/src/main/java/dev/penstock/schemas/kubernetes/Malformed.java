package dev.penstock.schemas.kubernetes;

import dev.penstock.schemas.key.ObjectKind;

/**
 * An object whose known fields have wrong types or absurd sizes: it counts as present and invalid,
 * never as gone.
 */
public record Malformed(Metadata metadata, ObjectKind of, String reason)
    implements KubernetesObject {}
