package dev.penstock.schemas.key;

import java.util.Comparator;

/**
 * Names one Kubernetes object of the fleet. The namespace of a cluster-scoped object is the empty
 * string.
 */
public record ObjectKey(String cluster, ObjectKind kind, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::cluster)
          .thenComparing(ObjectKey::kind)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  /** {@code namespace/name}, or the bare name of a cluster-scoped object. */
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code cluster|kind|namespace/name}. */
  @Override
  public String toString() {
    return cluster + "|" + kind.text() + "|" + path();
  }
}
