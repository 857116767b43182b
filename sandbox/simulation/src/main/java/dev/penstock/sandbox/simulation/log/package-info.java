/**
 * The log with Kafka's guarantees and no more: order per partition, transactions that commit or
 * abort as one and hide what comes behind them while they are open, groups whose silent members
 * lose their share. May import schemas, edges/log and the engine. Open {@link
 * dev.penstock.sandbox.simulation.log.Broker} first.
 */
@NullMarked
package dev.penstock.sandbox.simulation.log;

import org.jspecify.annotations.NullMarked;
