package dev.penstock.sandbox.aws;

import java.util.EnumMap;
import java.util.Map;

/** Which quotas differ from AWS's defaults. */
public final class Quotas {
  private final Map<Quota, Integer> granted;

  private Quotas(Map<Quota, Integer> granted) {
    this.granted = granted;
  }

  public static Quotas defaults() {
    return new Quotas(new EnumMap<>(Quota.class));
  }

  /** As many load balancers and target groups as a large account was granted. */
  public static Quotas raised() {
    return defaults()
        .with(Quota.APPLICATION_LOAD_BALANCERS, 20_000)
        .with(Quota.NETWORK_LOAD_BALANCERS, 20_000)
        .with(Quota.SECURITY_GROUPS, 40_000)
        .with(Quota.TARGET_GROUPS, 100_000);
  }

  public Quotas with(Quota quota, int limit) {
    var copy = new EnumMap<Quota, Integer>(Quota.class);
    copy.putAll(granted);
    copy.put(quota, limit);
    return new Quotas(copy);
  }

  public int of(Quota quota) {
    return granted.getOrDefault(quota, quota.standard());
  }
}
