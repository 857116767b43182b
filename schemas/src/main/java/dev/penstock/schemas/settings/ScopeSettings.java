package dev.penstock.schemas.settings;

import dev.penstock.schemas.avro.Default;
import java.util.List;

/**
 * Behaviour settings of a scope; every duration is in milliseconds. {@link #defaults()} are those
 * of production. An IngressGroup that no entry of {@code restrictedGroups} names is open to all. A
 * load balancer that goes without a successor waits for its host names for {@code dnsGraceMillis}
 * and {@code claimSettleMillis} together, and then goes though one may still lead to it.
 */
public record ScopeSettings(
    DnsSettings dns,
    long sweepIntervalMillis,
    long healthPollMillis,
    long healthPollSteadyMillis,
    long driftPollMillis,
    long retryMillis,
    long maxRetryMillis,
    long dnsGraceMillis,
    long claimSettleMillis,
    long replacementKeepMillis,
    long deselectedWaitMillis,
    long consistencyWindowMillis,
    int inferredDeletesBeforeHold,
    int requestedDeletesBeforeHold,
    boolean replacementNeedsApproval,
    @Default(
            """
            {"rulesPerLoadBalancer": 100, "certificatesPerLoadBalancer": 25,
             "targetGroupsPerLoadBalancer": 100, "targetsPerTargetGroup": 1000,
             "rulesPerSecurityGroup": 60}
            """)
        Quotas quotas,
    List<RestrictedGroup> restrictedGroups) {

  public ScopeSettings {
    restrictedGroups = List.copyOf(restrictedGroups);
  }

  public static ScopeSettings defaults() {
    return new ScopeSettings(
        DnsSettings.defaults(),
        30 * 60_000,
        5_000,
        5 * 60_000,
        60_000,
        5_000,
        5 * 60_000,
        10 * 60_000,
        60_000,
        10 * 60_000,
        10 * 60_000,
        10_000,
        3,
        50,
        true,
        Quotas.defaults(),
        List.of());
  }

  /** The same behaviour with other quotas. */
  public ScopeSettings withQuotas(Quotas granted) {
    return new ScopeSettings(
        dns,
        sweepIntervalMillis,
        healthPollMillis,
        healthPollSteadyMillis,
        driftPollMillis,
        retryMillis,
        maxRetryMillis,
        dnsGraceMillis,
        claimSettleMillis,
        replacementKeepMillis,
        deselectedWaitMillis,
        consistencyWindowMillis,
        inferredDeletesBeforeHold,
        requestedDeletesBeforeHold,
        replacementNeedsApproval,
        granted,
        restrictedGroups);
  }

  /** The named preset {@code demo}: our own timers shortened, nothing else changed. */
  public static ScopeSettings demo() {
    return new ScopeSettings(
        DnsSettings.defaults(),
        10_000,
        500,
        5_000,
        3_000,
        500,
        5_000,
        10_000,
        2_000,
        2_000,
        10_000,
        1_000,
        3,
        50,
        true,
        Quotas.defaults(),
        List.of());
  }
}
