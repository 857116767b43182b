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

  /**
   * Reads {@link #toString()}'s form.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static ResourceKey parse(String text) {
    var parts = text.split("\\|", 5);
    if (parts.length != 5) {
      throw new IllegalArgumentException(
          "a resource is cluster|stackKind|stack|Kind|id, not: " + text);
    }
    var stack = new StackId(parts[0], StackKind.of(parts[1]), parts[2]);
    return new ResourceKey(stack, ResourceKind.of(parts[3]), parts[4]);
  }

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
