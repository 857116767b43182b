/**
 * TargetGroupBinding objects: those that users made onto existing target groups, and those that
 * mirror target groups of ours (LBC 3.2, 4.4). Imports schemas and plan.
 */
@NullMarked
package dev.penstock.plan.binding;

import org.jspecify.annotations.NullMarked;
