package dev.penstock.roles;

import java.util.List;

/** Several stages in one process: it fails with the first, and is ready with the last. */
public record Stages(List<Stage> parts) implements Stage {
  public Stages {
    parts = List.copyOf(parts);
  }

  @Override
  public boolean ready() {
    return parts.stream().allMatch(Stage::ready);
  }

  @Override
  public boolean failed() {
    return parts.stream().anyMatch(Stage::failed);
  }

  @Override
  public void measure(MetricsText into) {
    parts.forEach(part -> part.measure(into));
  }

  /** All at once: the slowest alone decides how long it takes. */
  @Override
  public void stop() {
    var stopping =
        parts.stream().map(part -> Thread.ofPlatform().name("stop").start(part::stop)).toList();
    try {
      for (var thread : stopping) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
