/**
 * The whole pipeline on one thread and a virtual clock, between simulated edges: how the stages
 * work together is tried here without Kafka and HTTP. May import every module but cli. Open {@link
 * dev.penstock.sandbox.simulation.Pipeline} first.
 */
@NullMarked
package dev.penstock.sandbox.simulation;

import org.jspecify.annotations.NullMarked;
