package dev.penstock.cli.bench;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.sandbox.aws.AwsServer.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The clock of a run in real time and the way to wait. Every wait here has a bound. */
public record Timing(Clock clock, Pause pause) implements Timeline {
  private static final Duration LOOK = Duration.ofMillis(5);

  /** Looks once. */
  public interface Sight {
    boolean seen();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    pause.sleep(duration);
  }

  /** How long ago that was. */
  public Duration since(Instant begin) {
    return Duration.between(begin, now());
  }

  /** Looks every few milliseconds; false if it was not seen in time. */
  public boolean await(Duration atMost, Sight sight) throws InterruptedException {
    return await(atMost, LOOK, sight);
  }

  /** The same, with another pause between two looks. */
  public boolean await(Duration atMost, Duration look, Sight sight) throws InterruptedException {
    var deadline = now().plus(atMost);
    while (!sight.seen()) {
      if (now().isAfter(deadline)) {
        return false;
      }
      sleep(look);
    }
    return true;
  }
}
