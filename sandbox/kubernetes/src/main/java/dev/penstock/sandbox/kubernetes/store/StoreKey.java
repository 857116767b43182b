package dev.penstock.sandbox.kubernetes.store;

import java.util.Comparator;

/**
 * Where one object lives. {@code resource} is {@code plural} or {@code plural.group}; the namespace
 * of a cluster-scoped object is empty. Keys sort as etcd's do: resource, namespace, name.
 */
public record StoreKey(String resource, String namespace, String name)
    implements Comparable<StoreKey> {
  private static final Comparator<StoreKey> ORDER =
      Comparator.comparing(StoreKey::resource)
          .thenComparing(StoreKey::namespace)
          .thenComparing(StoreKey::name);

  @Override
  public int compareTo(StoreKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? resource + "/" + name : resource + "/" + namespace + "/" + name;
  }
}
