package dev.penstock.schemas.aws;

import dev.penstock.schemas.key.ResourceKey;

/**
 * A reference from one resource to another: an id that is known, or the id that another resource of
 * ours will get.
 */
public sealed interface Link {
  /** An ARN or id that AWS gave. */
  record Known(String id) implements Link {}

  /**
   * The id of a resource that a stack makes; the reconciler resolves it before a command is
   * emitted.
   */
  record Ref(ResourceKey resource) implements Link {}
}
