/**
 * The roles as processes: each Main constructs its graph from top to bottom. May import every
 * module. Open {@link dev.penstock.cli.roles.StreamMain} first.
 */
@NullMarked
package dev.penstock.cli.roles;

import org.jspecify.annotations.NullMarked;
