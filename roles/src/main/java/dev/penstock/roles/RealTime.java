package dev.penstock.roles;

import dev.penstock.edges.aws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock and a way to wait, which a Main gives, as appliers and watchers want them. */
public record RealTime(InstantSource clock, Pause pause) implements Timeline {
  /** Waits so long. */
  public interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    pause.sleep(duration);
  }
}
