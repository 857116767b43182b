package dev.penstock.schemas.kubernetes;

import java.util.List;

/**
 * Projection of the ConfigMap that lists a cluster's own targets in a target group that several
 * clusters share, each as {@code id:port}; nothing else of its data (LBC 5.6).
 */
public record ConfigMap(Metadata metadata, List<String> targets) implements KubernetesObject {}
