/**
 * What the topics of an installation held, as bytes: on a broker, or in a log file. Imports schemas
 * and Avro; only {@link dev.penstock.edges.log.history.BrokerHistory} knows Kafka. Open {@link
 * dev.penstock.edges.log.history.History} first.
 */
@NullMarked
package dev.penstock.edges.log.history;

import org.jspecify.annotations.NullMarked;
