package dev.penstock.sandbox.simulation.script;

import java.time.Duration;

/**
 * What AWS does to a share of the calls of an operation ({@code elasticloadbalancing:*}, {@code
 * CreateRule}, …) for a time; {@code percent} is the share.
 */
public sealed interface CloudTrouble extends Deed {
  String operation();

  int percent();

  Duration lasts();

  record Throttles(String operation, int percent, Duration lasts) implements CloudTrouble {}

  /** The service fails; nothing is done. */
  record Fails(String operation, int status, int percent, Duration lasts) implements CloudTrouble {}

  /** Done, but the answer is lost. */
  record LosesAnswers(String operation, int percent, Duration lasts) implements CloudTrouble {}

  /** Done twice, as by a retry on the way. */
  record DeliversTwice(String operation, int percent, Duration lasts) implements CloudTrouble {}

  record Delays(String operation, Duration by, int percent, Duration lasts)
      implements CloudTrouble {}

  /** Answered by a replica that is behind, but not beyond what the service promises. */
  record Lags(String operation, Duration by, int percent, Duration lasts) implements CloudTrouble {}

  /** The permission is taken away, and given back. */
  record Denies(String operation, int percent, Duration lasts) implements CloudTrouble {}

  /** A quota is used up, and raised. */
  record QuotaReached(String operation, String code, int percent, Duration lasts)
      implements CloudTrouble {}
}
