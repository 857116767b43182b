package dev.penstock.appliers;

import java.time.Duration;

/**
 * The bounds of an applier. {@code patience}: for so long what AWS calls missing may only not be
 * visible yet. {@code executions} run at once: {@code structural} of them are kept for what is
 * below the urgency deregister, the others for registering and deregistering.
 */
public record Limits(
    Duration retryFor,
    Duration patience,
    Duration staleAfter,
    Duration pollFreshness,
    int executions,
    int structural) {

  public Limits {
    if (structural < 1 || executions <= structural) {
      throw new IllegalArgumentException(
          "of " + executions + " executions " + structural + " cannot be structural");
    }
  }

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
