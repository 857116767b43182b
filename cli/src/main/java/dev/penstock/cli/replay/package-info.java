/**
 * The log read again, for people: replay, state, and the check of the audit chain, from a broker or
 * a log file. Imports streams.replay and edges.log. Open {@link
 * dev.penstock.cli.replay.ReplayCommand} first.
 */
@NullMarked
package dev.penstock.cli.replay;

import org.jspecify.annotations.NullMarked;
