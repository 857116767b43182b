package dev.penstock.edges.log;

import java.time.Instant;

/**
 * Where and when a record entered the log. Positions grow inside a scope, with gaps; the time is
 * the log's own (LogAppendTime).
 */
public record Appended(long position, Instant time) {}
