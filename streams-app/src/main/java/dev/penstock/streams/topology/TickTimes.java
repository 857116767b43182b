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
public final class TickTimes {
  /**
   * A Tick that was not read back after so long is sent again: it may have been lost with a dead
   * transaction.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<Scope, Instant> sent = new HashMap<>();
  private Duration behind = Duration.ZERO;

  /** Whether a Tick is to be sent for a timer that is due then. */
  boolean wanted(Scope scope, Instant due, Instant wall) {
    return !at(scope, due).isAfter(wall);
  }

  /** When a Tick is to be sent, by our clock, for a timer that is due then. */
  public Instant at(Scope scope, Instant due) {
    if (due.isAfter(Instant.MAX.minus(behind))) {
      return Instant.MAX;
    }
    var wanted = due.plus(behind);
    var before = sent.get(scope);
    var again = before == null ? wanted : before.plus(PATIENCE);
    return again.isAfter(wanted) ? again : wanted;
  }

  /** A Tick was sent when our clock showed {@code wall}. */
  public void sent(Scope scope, Instant wall) {
    sent.put(scope, wall);
  }

  /** A Tick that was sent when our clock showed {@code wall} was appended then. */
  public void read(Scope scope, Instant wall, Instant appended) {
    sent.remove(scope);
    behind = wall.isAfter(appended) ? Duration.between(appended, wall) : Duration.ZERO;
  }
}
