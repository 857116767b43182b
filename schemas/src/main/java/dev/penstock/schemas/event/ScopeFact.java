package dev.penstock.schemas.event;

import java.time.Instant;
import java.util.Optional;

/** What the reconciler writes into its own log. */
public sealed interface ScopeFact extends EventBody {
  /** A timer is due, or dirty work remains. The decision is made when this record is read. */
  record Tick(Instant due) implements ScopeFact {}

  /**
   * The version of the deciding code from here on; all stacks become dirty. {@code takenBackBy} is
   * who asked for an older version than the one before.
   */
  record DecisionsChanged(String version, Optional<String> takenBackBy) implements ScopeFact {}

  /**
   * A record of this scope could not be decoded; its key is unknown until the next snapshot or
   * observation.
   */
  record RecordRefused(String recordKey, String reason) implements ScopeFact {}
}
