package dev.penstock.sandbox.simulation.engine;

/** Is told of all that happens, after it happened; whatever it throws ends the run. */
@FunctionalInterface
public interface Observer {
  void after(Happened happened);

  static Observer none() {
    return _ -> {};
  }
}
