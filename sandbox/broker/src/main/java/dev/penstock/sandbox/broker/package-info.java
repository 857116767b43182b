/**
 * A real Kafka broker and a Confluent-compatible Schema Registry in this process: for the sandbox
 * and for the tests of every module that needs a log. Imports Kafka's server, the registry client
 * and nothing of ours. Open {@link dev.penstock.sandbox.broker.EmbeddedBroker} first.
 */
@NullMarked
package dev.penstock.sandbox.broker;

import org.jspecify.annotations.NullMarked;
