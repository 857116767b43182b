package dev.penstock.edges.kubernetes.translate;

import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.Namespace;

/** {@code v1 Namespace}. */
final class NamespaceTranslator {
  private NamespaceTranslator() {}

  static Namespace read(Metadata metadata) {
    return new Namespace(metadata);
  }
}
