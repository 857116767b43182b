package dev.penstock.sandbox.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One entry of the watch log. The objects are shared with the store: read them, never change them.
 */
public sealed interface StoreChange {
  long revision();

  StoreKey key();

  /**
   * The object after the change; of a deletion its last state, stamped with the revision of the
   * deletion.
   */
  ObjectNode object();

  record Added(long revision, StoreKey key, ObjectNode object) implements StoreChange {}

  record Modified(long revision, StoreKey key, ObjectNode before, ObjectNode object)
      implements StoreChange {}

  record Deleted(long revision, StoreKey key, ObjectNode before, ObjectNode object)
      implements StoreChange {}
}
