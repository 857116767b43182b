package dev.penstock.sandbox.simulation.engine;

/**
 * The process that runs this is dead: whatever it was about to do does not happen. An error, so
 * that no code of the process takes it for something that it could go on after.
 */
public final class Killed extends Error {
  private static final long serialVersionUID = 1;

  Killed(String machine) {
    super(machine + " is dead", null, false, false);
  }
}
