package dev.penstock.cli.demo;

import java.time.Duration;

/** Real waiting, for a story told in real time. */
final class StoryMain {
  private StoryMain() {}

  static void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
