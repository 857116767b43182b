/**
 * The reconciler: the log in, decisions out. May import schemas, plan, edges/log and Kafka Streams;
 * only {@code topology} and the role class know Kafka. Open {@link dev.penstock.streams.Step}
 * first.
 */
@NullMarked
package dev.penstock.streams;

import org.jspecify.annotations.NullMarked;
