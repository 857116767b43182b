/**
 * Which targets belong into a target group, and which may leave it now (I6). Imports schemas and
 * plan.
 */
@NullMarked
package dev.penstock.plan.targets;

import org.jspecify.annotations.NullMarked;
