package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.log.MachineLog;
import java.time.Instant;

/** A role on a machine. */
sealed interface Instance permits StreamInstance, ApplyInstance, ObjectsInstance, WatchInstance {
  Machine machine();

  /** Where it appends outside transactions. */
  MachineLog log();

  /** Begins what is to be done now; false if that is nothing. */
  boolean run();

  /** When something is to be done. */
  Instant next();

  /** Ends in good order: others take over at once. */
  void leave();
}
