package dev.penstock.appliers;

import java.util.function.Consumer;

/**
 * Who executes: in production a virtual thread for each task, in a single-threaded test the caller
 * itself.
 */
@FunctionalInterface
public interface Crew {
  void start(String name, Task task);

  /** Work that may wait and be interrupted. */
  @FunctionalInterface
  interface Task {
    void run() throws InterruptedException;
  }

  /**
   * A virtual thread for each task. A task that dies of a defect is told to {@code defects}: the
   * process must not go on as if nothing had happened.
   */
  static Crew virtualThreads(Consumer<Throwable> defects) {
    return (name, task) ->
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((_, defect) -> defects.accept(defect))
            .start(() -> {
              try {
                task.run();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
