/**
 * The log read again: tables rebuilt, decisions compared with the recorded ones, the audit chain
 * walked. Imports schemas, edges/log and the rest of this module but {@code topology}; no Kafka.
 * Open {@link dev.penstock.streams.replay.Replay} first.
 */
@NullMarked
package dev.penstock.streams.replay;

import org.jspecify.annotations.NullMarked;
