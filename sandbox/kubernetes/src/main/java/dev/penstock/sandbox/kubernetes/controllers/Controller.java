package dev.penstock.sandbox.kubernetes.controllers;

import dev.penstock.sandbox.kubernetes.store.StoreChange;
import java.time.Instant;
import java.util.List;

/** One stand-in. It remembers nothing that it could not find again in the store. */
interface Controller {
  /**
   * Catches up with what changed and does what is due; answers when it wants to run again even if
   * nothing changes.
   */
  Instant reconcile(List<StoreChange> changes, Instant now);

  /** Forgets what it remembers; the next changes begin with every object as added. */
  void reset();
}
