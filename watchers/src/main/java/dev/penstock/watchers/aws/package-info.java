/**
 * What AWS says, read when a command asks for it, in the applier's process and under its budget.
 * Imports schemas and edges. Open {@link dev.penstock.watchers.aws.Readers} first.
 */
@NullMarked
package dev.penstock.watchers.aws;

import org.jspecify.annotations.NullMarked;
