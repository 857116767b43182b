/**
 * What people and tools ask of the tables. Read only, but for people's words, which become events.
 * Open {@link dev.penstock.streams.query.Explain} first.
 */
@NullMarked
package dev.penstock.streams.query;

import org.jspecify.annotations.NullMarked;
