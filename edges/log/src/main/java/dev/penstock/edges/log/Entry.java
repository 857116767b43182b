package dev.penstock.edges.log;

import java.time.Instant;
import java.util.Optional;

/** One record of a topic as a reader finds it; no value is a tombstone. */
public record Entry<T>(
    int partition, long position, Instant time, String key, Optional<Decoded<T>> value) {}
