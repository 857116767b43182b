package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.machines.MachineTrouble;

/** What happens to our own machines, and to the log between them. */
public sealed interface MachineDeed extends Deed {
  record Strike(MachineTrouble trouble) implements MachineDeed {}
}
