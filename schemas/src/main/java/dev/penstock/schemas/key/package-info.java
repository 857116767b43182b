/**
 * The names of things: scopes, objects, stacks, resources. Imports nothing. Open {@link
 * dev.penstock.schemas.key.ResourceKey} first.
 */
@NullMarked
package dev.penstock.schemas.key;

import org.jspecify.annotations.NullMarked;
