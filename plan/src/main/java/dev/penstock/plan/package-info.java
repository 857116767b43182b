/**
 * Decisions as pure functions: facts in, verdicts out. Imports schemas only. Open {@link
 * dev.penstock.plan.Differ} first.
 */
@NullMarked
package dev.penstock.plan;

import org.jspecify.annotations.NullMarked;
