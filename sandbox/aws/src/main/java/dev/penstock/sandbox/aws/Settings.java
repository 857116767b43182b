package dev.penstock.sandbox.aws;

import java.time.Duration;

/**
 * How this AWS behaves where AWS documents no single answer, or where a test wants its own.
 *
 * @param inventoryChecked whether certificates and web ACLs that the world does not know are
 *     refused
 * @param adoptionTags whether a repeated create applies the tags of the second request
 * @param changeBatchErrors whether Route 53 refuses batches in the form {@code InvalidChangeBatch}
 *     (else in the common one); both occur in the wild
 * @param history for how long earlier moments can still be read (stale reads)
 * @param requestLog how many calls the request log keeps
 */
public record Settings(
    AwsTimes times,
    Quotas quotas,
    boolean buckets,
    Latency latency,
    boolean inventoryChecked,
    boolean adoptionTags,
    boolean changeBatchErrors,
    Duration history,
    int requestLog) {

  /** AWS as documented, in its real times, without latency. */
  public static Settings documented() {
    return new Settings(
        AwsTimes.real(),
        Quotas.defaults(),
        true,
        Latency.none(),
        true,
        false,
        false,
        Duration.ofSeconds(30),
        100_000);
  }

  /** Nothing throttles and nothing takes time: for tests of other things. */
  public static Settings easy() {
    return documented().withTimes(AwsTimes.immediate()).withBuckets(false);
  }

  public Settings withTimes(AwsTimes value) {
    return new Settings(
        value,
        quotas,
        buckets,
        latency,
        inventoryChecked,
        adoptionTags,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withQuotas(Quotas value) {
    return new Settings(
        times,
        value,
        buckets,
        latency,
        inventoryChecked,
        adoptionTags,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withBuckets(boolean value) {
    return new Settings(
        times,
        quotas,
        value,
        latency,
        inventoryChecked,
        adoptionTags,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withLatency(Latency value) {
    return new Settings(
        times,
        quotas,
        buckets,
        value,
        inventoryChecked,
        adoptionTags,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withInventoryChecked(boolean value) {
    return new Settings(
        times,
        quotas,
        buckets,
        latency,
        value,
        adoptionTags,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withAdoptionTags(boolean value) {
    return new Settings(
        times,
        quotas,
        buckets,
        latency,
        inventoryChecked,
        value,
        changeBatchErrors,
        history,
        requestLog);
  }

  public Settings withChangeBatchErrors(boolean value) {
    return new Settings(
        times,
        quotas,
        buckets,
        latency,
        inventoryChecked,
        adoptionTags,
        value,
        history,
        requestLog);
  }
}
