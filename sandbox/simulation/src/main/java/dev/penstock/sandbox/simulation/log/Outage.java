package dev.penstock.sandbox.simulation.log;

import dev.penstock.sandbox.simulation.engine.Baton;
import java.time.Duration;
import java.time.Instant;

/** When nobody reaches the broker. */
final class Outage {
  private final Baton baton;
  private Instant from = Instant.MIN;
  private Instant to = Instant.MIN;

  Outage(Baton baton) {
    this.baton = baton;
  }

  void begin(Duration lasting) {
    from = on() ? from : baton.instant();
    to = baton.instant().plus(lasting);
    baton.at(to, () -> {});
  }

  void end() {
    to = on() ? baton.instant() : to;
  }

  boolean on() {
    return to.isAfter(baton.instant());
  }

  /** When the last one began. */
  Instant from() {
    return from;
  }

  /** When it ends, or ended. */
  Instant to() {
    return to;
  }
}
