/**
 * Performs scripts: the deeds at their times, then calm, then what must hold at the end; counts
 * what occurred, and shortens what fails. May import {@code simulation} and {@code
 * simulation.script}. Open {@link dev.penstock.sandbox.simulation.run.Runner} first.
 */
@NullMarked
package dev.penstock.sandbox.simulation.run;

import org.jspecify.annotations.NullMarked;
