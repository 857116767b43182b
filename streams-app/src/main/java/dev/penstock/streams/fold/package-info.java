/**
 * Facts, outcomes and people's words into tables: one class for each family. Imports schemas,
 * tables and turn; decides nothing. Open {@link dev.penstock.streams.fold.Fold} first.
 */
@NullMarked
package dev.penstock.streams.fold;

import org.jspecify.annotations.NullMarked;
