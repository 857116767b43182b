/**
 * What happens in one seed of the simulation, and when: drawn beforehand, so that a run draws
 * nothing and any part of it can be left out. May import {@code simulation}. Open {@link
 * dev.penstock.sandbox.simulation.script.Script} first.
 */
@NullMarked
package dev.penstock.sandbox.simulation.script;

import org.jspecify.annotations.NullMarked;
