/**
 * The invariants as code, judged by the simulated clusters and the simulated AWS and not by our own
 * tables, and an oracle that says what the world should be, written from the rules without a call
 * to plan. Open {@link dev.penstock.sandbox.simulation.check.Checks} first, then {@link
 * dev.penstock.sandbox.simulation.check.Wanted}.
 */
@NullMarked
package dev.penstock.sandbox.simulation.check;

import org.jspecify.annotations.NullMarked;
