/**
 * Style is a test that fails: arrows between modules, banned words, lengths, format. Open {@link
 * dev.penstock.tidy.SourceTest} first.
 */
@NullMarked
package dev.penstock.tidy;

import org.jspecify.annotations.NullMarked;
