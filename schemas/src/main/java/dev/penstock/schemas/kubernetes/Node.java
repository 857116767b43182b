package dev.penstock.schemas.kubernetes;

import java.util.List;

/** Projection of {@code v1 Node}. {@code ready} is True, False or Unknown. */
public record Node(
    Metadata metadata,
    String providerId,
    List<String> internalIps,
    String ready,
    boolean unschedulable,
    List<Taint> taints)
    implements KubernetesObject {
  public record Taint(String key, String value, String effect) {}
}
