/**
 * The records of penstock.events. Imports the other packages but audit, change and table. Open
 * {@link dev.penstock.schemas.event.Event} first.
 */
@NullMarked
package dev.penstock.schemas.event;

import org.jspecify.annotations.NullMarked;
