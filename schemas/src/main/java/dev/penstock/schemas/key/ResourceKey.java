package dev.penstock.schemas.key;

import java.util.Comparator;

/**
 * Names one resource inside its scope. The id is LBC's resource id (LBC 4.3) where LBC has a stable
 * one; a listener rule's id is {@code port:} and a stable hash of what the rule stands for, since
 * LBC's {@code port:priority} moves.
 */
public record ResourceKey(StackId stack, ResourceKind kind, String id)
    implements Comparable<ResourceKey> {
  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::stack)
          .thenComparing(ResourceKey::kind)
          .thenComparing(ResourceKey::id);

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code cluster|stackKind|stackId|Kind|id}. */
  @Override
  public String toString() {
    return stack + "|" + kind.text() + "|" + id;
  }
}
