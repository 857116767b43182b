package dev.penstock.sandbox.local;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.sandbox.aws.AwsServer.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The given clock and the given way to wait, as executors and watchers want them. */
record RealTime(InstantSource clock, Pause pause) implements Timeline {
  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    pause.sleep(duration);
  }
}
