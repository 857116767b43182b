/**
 * What an operator sets for a scope or a cluster. Open {@link
 * dev.penstock.schemas.settings.ScopeSettings} first.
 */
@NullMarked
package dev.penstock.schemas.settings;

import org.jspecify.annotations.NullMarked;
