package dev.penstock.edges.kubernetes;

import dev.penstock.schemas.key.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One object in one cluster; the namespace of a cluster-scoped object is the empty string. */
public record ResourceName(ResourceType type, String namespace, String name) {
  public static ResourceName of(ObjectKey key) {
    return new ResourceName(ResourceType.of(key.kind()), key.namespace(), key.name());
  }

  /** The path of the collection that the object is in. */
  public String collection() {
    return type.namespaced()
        ? type.root() + "/namespaces/" + segment(namespace) + "/" + type.plural()
        : type.path();
  }

  public String path() {
    return collection() + "/" + segment(name);
  }

  /** A name may come from an annotation: it must not lead out of its place in the path. */
  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return type.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
