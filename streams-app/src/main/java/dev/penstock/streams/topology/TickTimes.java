package dev.penstock.streams.topology;

import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When this process appends a Tick. Timers are due by the log's clock, which may be behind ours by
 * what the last Tick that was read back showed; one Tick of a scope is on its way at a time.
 */
final class TickTimes {
  /**
   * A Tick that was not read back after so long is sent again: it may have been lost with a dead
   * transaction.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<Scope, Instant> sent = new HashMap<>();
  private Duration behind = Duration.ZERO;

  /** Whether a Tick is to be sent for a timer that is due then. */
  boolean wanted(Scope scope, Instant due, Instant wall) {
    if (due.plus(behind).isAfter(wall)) {
      return false;
    }
    var before = sent.get(scope);
    return before == null || !before.plus(PATIENCE).isAfter(wall);
  }

  void sent(Scope scope, Instant wall) {
    sent.put(scope, wall);
  }

  /** A Tick that was sent when our clock showed {@code wall} was appended then. */
  void read(Scope scope, Instant wall, Instant appended) {
    sent.remove(scope);
    behind = wall.isAfter(appended) ? Duration.between(appended, wall) : Duration.ZERO;
  }
}
