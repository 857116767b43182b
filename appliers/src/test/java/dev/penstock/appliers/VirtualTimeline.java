package dev.penstock.appliers;

import dev.penstock.edges.aws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when somebody sleeps; what happens meanwhile is told by the test. */
final class VirtualTimeline implements Timeline, InstantSource {
  private Instant now = Instant.parse("2026-11-22T08:00:00Z");
  private Runnable meanwhile = () -> {};

  void meanwhile(Runnable happens) {
    meanwhile = happens;
  }

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    now = now.plus(duration);
    meanwhile.run();
  }
}
