package dev.penstock.edges.log.history;

import java.time.Instant;
import java.util.Optional;

/** One record of a partition as bytes, with its append time; no value is a tombstone. */
public record RawRecord(long position, Instant time, String key, Optional<byte[]> value) {}
