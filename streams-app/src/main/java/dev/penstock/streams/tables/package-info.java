/**
 * The reconciler's tables by name, in memory or in Kafka Streams' stores. Imports schemas. Open
 * {@link dev.penstock.streams.tables.Table} first.
 */
@NullMarked
package dev.penstock.streams.tables;

import org.jspecify.annotations.NullMarked;
