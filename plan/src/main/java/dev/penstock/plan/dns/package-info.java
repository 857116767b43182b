/**
 * DNS names: claims and zones in, record sets and standings out (external-dns 3-5). Imports schemas
 * and plan.
 */
@NullMarked
package dev.penstock.plan.dns;

import org.jspecify.annotations.NullMarked;
