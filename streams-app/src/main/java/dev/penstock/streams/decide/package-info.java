/**
 * From tables to verdicts and commands: one class for each decision. Imports schemas, plan, tables
 * and turn. Open {@link dev.penstock.streams.decide.Decide} first.
 */
@NullMarked
package dev.penstock.streams.decide;

import org.jspecify.annotations.NullMarked;
