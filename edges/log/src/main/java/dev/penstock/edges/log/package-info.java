/**
 * The door to the log: topics, serdes, the registry client, appending, command feeds and readers.
 * Imports schemas, Kafka's client and Confluent's registry client; the ports {@code Log} and {@code
 * CommandFeed} show no Kafka type. Open {@link dev.penstock.edges.log.Log} first.
 */
@NullMarked
package dev.penstock.edges.log;

import org.jspecify.annotations.NullMarked;
