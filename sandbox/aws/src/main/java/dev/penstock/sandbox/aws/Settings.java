package dev.penstock.sandbox.aws;

import java.time.Duration;

/**
 * How this AWS behaves where a test or the sandbox wants it otherwise than AWS does.
 *
 * @param buckets whether AWS's published request rates are enforced
 * @param history for how long earlier moments can still be read (stale reads)
 * @param requestLog how many calls the request log keeps
 */
public record Settings(
    AwsTimes times, Quotas quotas, boolean buckets, Duration history, int requestLog) {

  /** AWS as documented, in its real times. */
  public static Settings documented() {
    return new Settings(AwsTimes.real(), Quotas.defaults(), true, Duration.ofSeconds(30), 100_000);
  }

  /** Nothing throttles and nothing takes time: for tests of other things. */
  public static Settings easy() {
    return documented().withTimes(AwsTimes.immediate()).withBuckets(false);
  }

  public Settings withTimes(AwsTimes value) {
    return new Settings(value, quotas, buckets, history, requestLog);
  }

  public Settings withQuotas(Quotas value) {
    return new Settings(times, value, buckets, history, requestLog);
  }

  public Settings withBuckets(boolean value) {
    return new Settings(times, quotas, value, history, requestLog);
  }
}
