/**
 * The rows of the reconciler's tables; they are also the rows of a checkpoint. Open {@link
 * dev.penstock.schemas.table.Row} first.
 */
@NullMarked
package dev.penstock.schemas.table;

import org.jspecify.annotations.NullMarked;
