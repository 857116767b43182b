/**
 * LBC's names, tags and finalizers, to the byte (LBC 4.2-4.4). Imports schemas. Open {@link
 * dev.penstock.plan.names.StackNames} first.
 */
@NullMarked
package dev.penstock.plan.names;

import org.jspecify.annotations.NullMarked;
