/**
 * What a simulation runs on: the virtual clock with its one queue of events, chance, delays, and
 * machines that die and stand still. May import edges and appliers for the ports that they offer to
 * a machine. Open {@link dev.penstock.sandbox.simulation.engine.Baton} first, then {@link
 * dev.penstock.sandbox.simulation.engine.Machine}.
 */
@NullMarked
package dev.penstock.sandbox.simulation.engine;

import org.jspecify.annotations.NullMarked;
