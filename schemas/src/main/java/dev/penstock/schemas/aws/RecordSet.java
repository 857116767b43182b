package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Route 53 record set; identity is (name, type, set identifier). {@code routing} holds the
 * policy members as external-dns names them ({@code weight}, {@code region}, …). An alias has no
 * TTL and no values.
 */
public record RecordSet(
    String name,
    String type,
    Optional<String> setIdentifier,
    Optional<Long> ttlSeconds,
    List<String> values,
    Optional<Alias> alias,
    Map<String, String> routing,
    Optional<String> healthCheckId) {

  public record Alias(String hostedZoneId, String dnsName, boolean evaluateTargetHealth) {}
}
