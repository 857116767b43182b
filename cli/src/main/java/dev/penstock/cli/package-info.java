/**
 * The penstock command: roles, the sandbox, and what people ask. May import every module. Open
 * {@link dev.penstock.cli.PenstockMain} first.
 */
@NullMarked
package dev.penstock.cli;

import org.jspecify.annotations.NullMarked;
