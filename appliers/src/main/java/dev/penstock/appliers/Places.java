package dev.penstock.appliers;

import dev.penstock.schemas.command.Urgency;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places of a scope's executions. Registering and deregistering have their own, all else
 * (writes of structure and DNS, reads) has its own: however many wait for a bucket in which order
 * is strict, the others begin, and the governor gives each its share.
 */
final class Places {
  private final AtomicInteger targets;
  private final AtomicInteger structural;

  Places(Limits limits) {
    this.targets = new AtomicInteger(limits.executions() - limits.structural());
    this.structural = new AtomicInteger(limits.structural());
  }

  /** Whether there was a free place; it is the caller's until it is released. */
  boolean take(Urgency urgency) {
    return free(urgency).getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  void release(Urgency urgency) {
    free(urgency).incrementAndGet();
  }

  private AtomicInteger free(Urgency urgency) {
    return switch (urgency) {
      case REGISTER, DEREGISTER_GONE, DEREGISTER -> targets;
      case STRUCTURE, CREATION, DELETION, TAGS, SWEEP -> structural;
    };
  }
}
