package dev.penstock.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One entry of the watch log. The objects are shared with the store: read them, never change them.
 */
public sealed interface Change {
  long revision();

  ObjectKey key();

  /**
   * The object after the change; of a deletion its last state, stamped with the revision of the
   * deletion.
   */
  ObjectNode object();

  record Added(long revision, ObjectKey key, ObjectNode object) implements Change {}

  record Modified(long revision, ObjectKey key, ObjectNode before, ObjectNode object)
      implements Change {}

  record Deleted(long revision, ObjectKey key, ObjectNode before, ObjectNode object)
      implements Change {}
}
