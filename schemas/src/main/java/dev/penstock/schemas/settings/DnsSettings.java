package dev.penstock.schemas.settings;

import java.util.List;

/**
 * external-dns' flags that change what is decided (external-dns 2). Of an annotation that is given
 * with several of {@code annotationPrefixes} the first prefix counts.
 */
public record DnsSettings(
    String txtOwnerId,
    String txtPrefix,
    String txtSuffix,
    String txtWildcardReplacement,
    DnsPolicy policy,
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
        DnsPolicy.SYNC,
        List.of(),
        List.of(),
        List.of(),
        List.of("external-dns.kubernetes.io/", "external-dns.alpha.kubernetes.io/"),
        true,
        300);
  }
}
