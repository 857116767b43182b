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

  /**
   * Reads {@link #toString()}'s form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static StackId parse(String text) {
    var parts = text.split("\\|", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a stack is cluster|kind|id, not: " + text);
    }
    return new StackId(parts[0], StackKind.of(parts[1]), parts[2]);
  }

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
