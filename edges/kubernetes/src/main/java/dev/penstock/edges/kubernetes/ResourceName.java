package dev.penstock.edges.kubernetes;

import dev.penstock.schemas.key.ObjectKey;

/** One object in one cluster; the namespace of a cluster-scoped object is the empty string. */
public record ResourceName(ResourceType type, String namespace, String name) {
  public static ResourceName of(ObjectKey key) {
    return new ResourceName(ResourceType.of(key.kind()), key.namespace(), key.name());
  }

  /** The path of the collection that the object is in. */
  public String collection() {
    return type.namespaced()
        ? type.root() + "/namespaces/" + namespace + "/" + type.plural()
        : type.path();
  }

  public String path() {
    return collection() + "/" + name;
  }

  @Override
  public String toString() {
    return type.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
