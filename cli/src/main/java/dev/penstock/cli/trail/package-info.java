/**
 * What happened, for people: audit and tail, straight from their topics. Imports schemas and
 * edges.log. Open {@link dev.penstock.cli.trail.AuditTrail} first.
 */
@NullMarked
package dev.penstock.cli.trail;

import org.jspecify.annotations.NullMarked;
