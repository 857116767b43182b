package dev.penstock.sandbox.simulation.script;

import java.util.Map;

/** The settings that are changed in the middle, each to another value than the default. */
public enum Setting {
  SWEEP_OFTEN("sweepIntervalMillis", 10 * 60_000L),
  RETRY_LATER("retryMillis", 20_000L),
  SHORT_DNS_GRACE("dnsGraceMillis", 60_000L),
  SHORT_DESELECTED_WAIT("deselectedWaitMillis", 60_000L),
  SHORT_REPLACEMENT_KEEP("replacementKeepMillis", 60_000L),
  HOLD_EVERY_INFERRED_DELETE("inferredDeletesBeforeHold", 0),
  HOLD_MOST_REQUESTED_DELETES("requestedDeletesBeforeHold", 1),
  REPLACE_WITHOUT_APPROVAL("replacementNeedsApproval", false),
  KEEP_RECORDS("dns", Map.of("policy", "upsert-only"));

  private final String name;
  private final Object value;

  Setting(String name, Object value) {
    this.name = name;
    this.value = value;
  }

  /** As {@code penstock configure} names it. */
  public String path() {
    return value instanceof Map<?, ?> inner ? name + "." + inner.keySet().iterator().next() : name;
  }

  /** The change as a tree of names and values. */
  public Map<String, Object> change() {
    return Map.of(name, value);
  }
}
