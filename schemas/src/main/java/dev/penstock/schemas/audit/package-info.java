/**
 * The hash-chained record of every decision and every call. Open {@link
 * dev.penstock.schemas.audit.AuditRecord} first.
 */
@NullMarked
package dev.penstock.schemas.audit;

import org.jspecify.annotations.NullMarked;
