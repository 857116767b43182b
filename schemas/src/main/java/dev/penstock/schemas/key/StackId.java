package dev.penstock.schemas.key;

import java.util.Comparator;

/**
 * Names one stack inside its scope. For {@link StackKind#INGRESS} the id is LBC's stack id: the
 * group name, or {@code namespace/name} of an implicit group (LBC 4.1). For {@link StackKind#NAME}
 * the cluster is empty and the id is {@code zoneId/name.}.
 */
public record StackId(String cluster, StackKind kind, String id) implements Comparable<StackId> {
  private static final Comparator<StackId> ORDER =
      Comparator.comparing(StackId::cluster)
          .thenComparing(StackId::kind)
          .thenComparing(StackId::id);

  @Override
  public int compareTo(StackId other) {
    return ORDER.compare(this, other);
  }

  /** {@code cluster|kind|id}. */
  @Override
  public String toString() {
    return cluster + "|" + kind.text() + "|" + id;
  }
}
