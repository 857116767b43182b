/**
 * Decisions to world: the open commands of a scope are executed under its budget and answered with
 * one outcome each. Imports schemas and edges. Open {@link dev.penstock.appliers.Applier} first.
 */
@NullMarked
package dev.penstock.appliers;

import org.jspecify.annotations.NullMarked;
