/**
 * The roles on machines, and what may happen to machines. The roles' own code runs here behind
 * ports that die with their machine. May import every module but cli. Open {@link
 * dev.penstock.sandbox.simulation.machines.Machines} first.
 */
@NullMarked
package dev.penstock.sandbox.simulation.machines;

import org.jspecify.annotations.NullMarked;
