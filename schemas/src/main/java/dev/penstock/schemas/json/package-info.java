/**
 * The records as JSON, for people and tools. Imports nothing. Open {@link
 * dev.penstock.schemas.json.RecordJson} first.
 */
@NullMarked
package dev.penstock.schemas.json;

import org.jspecify.annotations.NullMarked;
