package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** Where deeds are done: the running pipeline, and what is to end at a later time. */
final class PlayedWorld implements Ground {
  private final Pipeline pipeline;
  private final ScriptFleet fleet;
  private final List<Ending> endings = new ArrayList<>();

  private record Ending(Instant at, Runnable action) {}

  PlayedWorld(Pipeline pipeline, ScriptFleet fleet) {
    this.pipeline = pipeline;
    this.fleet = fleet;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public Sight sight() {
    return pipeline;
  }

  @Override
  public ScriptFleet fleet() {
    return fleet;
  }

  /** Something to be done after a time, or when the calm comes. */
  void later(Duration after, Runnable action) {
    endings.add(new Ending(pipeline.now().plus(after), action));
  }

  /** When the next of these is due. */
  Instant nextEnding() {
    return endings.stream().map(Ending::at).min(Instant::compareTo).orElse(Instant.MAX);
  }

  /** Does what is due by then, in order. */
  void end(Instant by) {
    var due = endings.stream().filter(e -> !e.at().isAfter(by)).toList();
    endings.removeAll(due);
    due.stream()
        .sorted((a, b) -> a.at().compareTo(b.at()))
        .forEach(ending -> attempt(ending.action()));
  }

  /** Does it; false if the cluster or AWS refused. */
  static boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (Refusal | SdkException _) {
      return false;
    }
  }
}
