package dev.penstock.edges.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * Time for executors: the real clock, or the simulation's virtual one. Executors wait here and in
 * {@link Cloud} only.
 */
public interface Timeline {
  Instant now();

  /**
   * Waits.
   *
   * @throws InterruptedException when the process stops
   */
  void sleep(Duration duration) throws InterruptedException;
}
