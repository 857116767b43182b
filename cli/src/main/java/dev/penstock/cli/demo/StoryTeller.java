package dev.penstock.cli.demo;

import dev.penstock.cli.demo.Scene.Look;
import dev.penstock.cli.demo.Scene.Step;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays scenes one after another and waits for each step, at most {@code patience}. Stops at the
 * first step not seen.
 */
final class StoryTeller {
  private static final long SHORTEST_PAUSE = 50;
  private static final long LONGEST_PAUSE = 1_000;

  /** A wait that has lasted so much is looked at again after a part of it. */
  private static final int PART = 8;

  private final PrintWriter out;
  private final InstantSource clock;
  private final Duration patience;
  private final Pause pause;

  StoryTeller(PrintWriter out, InstantSource clock, Duration patience, Pause pause) {
    this.out = out;
    this.clock = clock;
    this.patience = patience;
    this.pause = pause;
  }

  /** Waits for real; given by the Main. */
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  Told tell(List<Scene> scenes) throws InterruptedException {
    var begin = clock.millis();
    var entries = new ArrayList<Told.Entry>();
    for (var scene : scenes) {
      out.printf("%n%7s  %s%n", seconds(clock.millis() - begin), scene.title());
      out.flush();
      scene.deed().perform();
      var deed = clock.millis();
      for (var step : scene.steps()) {
        var entry = await(scene, step, deed);
        entries.add(entry);
        out.printf(
            "%9s  %s %s%s%n",
            "+" + seconds(entry.afterDeedMillis()),
            entry.verified() ? "✓" : "✗",
            step.title(),
            entry.detail().isEmpty() ? "" : ": " + entry.detail());
        out.flush();
        if (!entry.verified()) {
          return new Told(entries, clock.millis() - begin);
        }
      }
    }
    return new Told(entries, clock.millis() - begin);
  }

  private Told.Entry await(Scene scene, Step step, long deed) throws InterruptedException {
    while (true) {
      var look = step.sight().look();
      var after = clock.millis() - deed;
      switch (look) {
        case Look.Seen(var detail) -> {
          return new Told.Entry(scene.title(), step.title(), true, after, detail);
        }
        case Look.NotYet(var instead) -> {
          if (after > patience.toMillis()) {
            return new Told.Entry(
                scene.title(), step.title(), false, after, "not seen; instead: " + instead);
          }
        }
      }
      pause.sleep(Duration.ofMillis(Math.clamp(after / PART, SHORTEST_PAUSE, LONGEST_PAUSE)));
    }
  }

  private static String seconds(long millis) {
    return "%.2f s".formatted(millis / 1000.0);
  }
}
