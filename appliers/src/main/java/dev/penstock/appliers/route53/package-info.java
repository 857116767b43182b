/**
 * The executor of DNS names. Imports appliers, edges and schemas. Open {@link
 * dev.penstock.appliers.route53.RecordNameExecutor} first.
 */
@NullMarked
package dev.penstock.appliers.route53;

import org.jspecify.annotations.NullMarked;
