package dev.penstock.schemas.settings;

import java.util.List;

/** external-dns' flags that change what is decided (external-dns 2). */
public record DnsSettings(
    String txtOwnerId,
    String txtPrefix,
    String txtSuffix,
    String txtWildcardReplacement,
    String policy,
    List<String> domainFilter,
    List<String> excludeDomains,
    List<String> zoneIdFilter,
    List<String> annotationPrefixes,
    boolean evaluateTargetHealth,
    long defaultTtlSeconds) {

  public static DnsSettings defaults() {
    return new DnsSettings(
        "penstock",
        "",
        "",
        "",
        "sync",
        List.of(),
        List.of(),
        List.of(),
        List.of("external-dns.alpha.kubernetes.io/", "external-dns.kubernetes.io/"),
        true,
        300);
  }
}
