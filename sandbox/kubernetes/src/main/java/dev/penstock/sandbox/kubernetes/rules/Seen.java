package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One event of a watch, as its selectors see it: an object that begins to match is added, one that
 * ceases to match is deleted.
 */
public record Seen(Type type, ObjectNode object, long revision) {
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
