package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import java.time.Duration;
import java.time.Instant;

/** Time that passes only when somebody sleeps. */
final class ManualTimeline implements Timeline {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    now = now.plus(duration);
  }
}
