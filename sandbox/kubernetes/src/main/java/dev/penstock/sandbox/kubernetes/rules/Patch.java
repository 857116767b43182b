package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The four ways to change a part of an object. */
public sealed interface Patch {
  /** RFC 6902. */
  record Json(JsonNode operations) implements Patch {}

  /** RFC 7386. */
  record Merge(ObjectNode changes) implements Patch {}

  /** Kubernetes' merge patch: lists merge by key. Not for custom resources. */
  record Strategic(ObjectNode changes) implements Patch {}

  /**
   * Server-side apply: the fields that a manager wants, all of them and no others. Makes the object
   * if it is missing.
   */
  record Apply(ObjectNode config) implements Patch {}
}
