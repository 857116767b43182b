package dev.penstock.sandbox.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when told. */
final class TickingClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
