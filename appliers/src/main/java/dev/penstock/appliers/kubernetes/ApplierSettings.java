package dev.penstock.appliers.kubernetes;

import java.time.Duration;

/**
 * The bounds of a Kubernetes applier: a command is tried for {@code patience}, with growing waits
 * between {@code firstRetry} and {@code longestRetry}; writes begin only within {@code fresh} of
 * the last poll that proved that the scope is ours.
 */
public record ApplierSettings(
    Duration patience, Duration firstRetry, Duration longestRetry, Duration fresh) {

  public static ApplierSettings defaults() {
    return new ApplierSettings(
        Duration.ofSeconds(30),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }
}
