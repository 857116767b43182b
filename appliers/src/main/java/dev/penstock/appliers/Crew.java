package dev.penstock.appliers;

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
}
