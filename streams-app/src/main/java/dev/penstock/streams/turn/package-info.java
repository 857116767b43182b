/**
 * What one record may read, write and send. Imports schemas and tables. Open {@link
 * dev.penstock.streams.turn.Turn} first.
 */
@NullMarked
package dev.penstock.streams.turn;

import org.jspecify.annotations.NullMarked;
