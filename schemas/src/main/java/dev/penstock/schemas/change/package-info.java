/**
 * The public change stream, a contract for others. Open {@link dev.penstock.schemas.change.Change}
 * first.
 */
@NullMarked
package dev.penstock.schemas.change;

import org.jspecify.annotations.NullMarked;
