package dev.penstock.watchers.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from first to longest, each shortened at random by up to a half. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  Duration next() {
    var full = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    var bounded = full.compareTo(longest) > 0 ? longest : full;
    return bounded.minus(Duration.ofMillis(random.nextLong(bounded.toMillis() / 2 + 1)));
  }

  void reset() {
    failures = 0;
  }
}
