package dev.penstock.schemas.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decisions read of an object's metadata. {@code resourceVersion} is kept for conditional
 * writes and is not part of an object's fingerprint.
 */
public record Metadata(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    long generation,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    Optional<Instant> created,
    Optional<Instant> deleted) {}
