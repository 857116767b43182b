package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The real clock. */
final class RealTime implements Timeline {
  @Override
  public Instant now() {
    return Clock.systemUTC().instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}
