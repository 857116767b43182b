/**
 * The Kafka Streams topology around {@link dev.penstock.streams.Step}. Open {@link
 * dev.penstock.streams.topology.ReconcilerTopology} first.
 */
@NullMarked
package dev.penstock.streams.topology;

import org.jspecify.annotations.NullMarked;
