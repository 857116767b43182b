package dev.penstock.edges.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket as it was at one moment. {@code pace} is what throttling left of the published
 * rate: halved when AWS throttles again within ten seconds, at most once a second, and growing back
 * by a twentieth each second. A first throttle only says that AWS's own bucket is empty now. A
 * quarter of a second's flow is never spent: calls that leave evenly arrive unevenly.
 */
record Bucket(Rates.Limit limit, double tokens, double pace, Instant at, Instant throttled) {
  private static final double LEAST_PACE = 0.1;
  private static final double PACE_PER_SECOND = 0.05;
  private static final Duration BETWEEN_HALVINGS = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final double KEPT_SECONDS = 0.25;
  private static final double NANOS = 1e9;
  private static final double ROUNDING = 1e-6;

  static Bucket full(Rates.Limit limit, Instant now) {
    return new Bucket(limit, limit.burst(), 1, now, Instant.EPOCH);
  }

  /** The same bucket later; a clock that goes back adds nothing. */
  Bucket at(Instant now) {
    var seconds = Duration.between(at, now).toNanos() / NANOS;
    if (seconds <= 0) {
      return this;
    }
    var flowed = tokens + seconds * limit.perSecond() * pace;
    return new Bucket(
        limit,
        Math.min(limit.burst(), flowed),
        Math.min(1, pace + seconds * PACE_PER_SECOND),
        now,
        throttled);
  }

  boolean holds(double wanted) {
    return tokens + ROUNDING >= needed(wanted);
  }

  /** May go below zero: a batch larger than the bucket waits until it is full. */
  Bucket take(double wanted) {
    return new Bucket(limit, tokens - wanted, pace, at, throttled);
  }

  /** AWS says that we are too fast, whatever the numbers say. */
  Bucket slowed(Instant now) {
    var left = Math.min(tokens, 0);
    var since = Duration.between(throttled, now);
    if (since.compareTo(BETWEEN_HALVINGS) < 0) {
      return new Bucket(limit, left, pace, at, throttled);
    }
    var slower = since.compareTo(AGAIN) < 0 ? Math.max(LEAST_PACE, pace / 2) : pace;
    return new Bucket(limit, left, slower, at, now);
  }

  /** How long until it holds that much. */
  Duration until(double wanted) {
    var missing = needed(wanted) - tokens;
    if (missing <= ROUNDING) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil(missing / (limit.perSecond() * pace) * NANOS));
  }

  private double needed(double wanted) {
    return Math.min(wanted + Math.min(1, limit.perSecond() * KEPT_SECONDS), limit.burst());
  }
}
