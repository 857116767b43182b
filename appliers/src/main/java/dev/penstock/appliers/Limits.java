package dev.penstock.appliers;

import java.time.Duration;

/**
 * The bounds of an applier. {@code patience}: for so long what AWS calls missing may only not be
 * visible yet. {@code executions} run at once, of them {@code structural} below the urgency
 * deregister.
 */
public record Limits(
    Duration retryFor,
    Duration patience,
    Duration staleAfter,
    Duration pollFreshness,
    int executions,
    int structural) {

  /** Those of design §6. */
  public static Limits defaults() {
    return new Limits(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        256,
        64);
  }
}
