/**
 * DNS names: claims and zones in, record sets and standings out (external-dns 3-5). Open {@link
 * dev.penstock.plan.dns.NameBuilder} first. Imports schemas only.
 */
@NullMarked
package dev.penstock.plan.dns;

import org.jspecify.annotations.NullMarked;
