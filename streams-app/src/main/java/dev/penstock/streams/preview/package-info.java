/**
 * What managing a cluster would write, rehearsed on a copy of the tables; nothing of it reaches the
 * log. Imports schemas, plan and the rest of this module but {@code topology} and {@code query}; no
 * Kafka. Open {@link dev.penstock.streams.preview.ClusterPlan} first.
 */
@NullMarked
package dev.penstock.streams.preview;

import org.jspecify.annotations.NullMarked;
