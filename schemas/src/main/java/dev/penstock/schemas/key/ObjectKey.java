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

  /**
   * Reads {@link #toString()}'s form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static ObjectKey parse(String text) {
    var parts = text.split("\\|", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("an object is cluster|Kind|namespace/name, not: " + text);
    }
    var slash = parts[2].indexOf('/');
    return new ObjectKey(
        parts[0],
        ObjectKind.of(parts[1]),
        slash < 0 ? "" : parts[2].substring(0, slash),
        parts[2].substring(slash + 1));
  }

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
