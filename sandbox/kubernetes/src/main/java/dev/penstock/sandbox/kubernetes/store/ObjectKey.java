package dev.penstock.sandbox.kubernetes.store;

import java.util.Comparator;

/**
 * Where one object lives. {@code resource} is {@code plural} or {@code plural.group}; the namespace
 * of a cluster-scoped object is empty. Keys sort as etcd's do: resource, namespace, name.
 */
public record ObjectKey(String resource, String namespace, String name)
    implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::resource)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? resource + "/" + name : resource + "/" + namespace + "/" + name;
  }
}
