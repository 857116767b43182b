package dev.penstock.sandbox.aws;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long the answer to a call is on its way. The effect happens when the call arrives. */
public sealed interface Latency {
  record Fixed(Duration time) implements Latency {}

  /** Log-normal with AWS-like medians: reads 60 ms, writes 150 ms, CreateLoadBalancer 500 ms. */
  record Typical() implements Latency {}

  static Latency none() {
    return new Fixed(Duration.ZERO);
  }

  static Latency fixed(Duration time) {
    return new Fixed(time);
  }

  default Duration of(ApiOperation operation, RandomGenerator random) {
    return switch (this) {
      case Fixed(var time) -> time;
      case Typical() -> typical(operation, random);
    };
  }

  private static Duration typical(ApiOperation operation, RandomGenerator random) {
    var median = operation.name().equals("CreateLoadBalancer") ? 500 : operation.reads() ? 60 : 150;
    // p99 is ten times the median: exp(2.326 * sigma) = 10.
    var millis = median * Math.exp(random.nextGaussian() * 0.99);
    return Duration.ofNanos(Math.round(millis * 1e6));
  }
}
