package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All buckets of one scope at one moment; immutable. A bucket nobody drew from yet is full. */
public final class Budget {
  private final Rates rates;
  private final TreeMap<String, Bucket> buckets;

  private Budget(Rates rates, TreeMap<String, Bucket> buckets) {
    this.rates = rates;
    this.buckets = buckets;
  }

  /** Full buckets. */
  public static Budget full(Rates rates) {
    return new Budget(rates, new TreeMap<>());
  }

  Bucket bucket(Cost cost, Instant now) {
    return bucket(cost.bucket(), rates.limit(cost.limit()), now);
  }

  Bucket share(Urgency urgency, Instant now) {
    var limit = rates.shares().getOrDefault(urgency, new Rates.Limit(0, 0));
    return bucket(shareName(urgency), limit, now);
  }

  /** The budget after the costs were paid, and the share too if the ask used it. */
  Budget paid(List<Cost> costs, Urgency urgency, Instant now) {
    var after = new TreeMap<>(buckets);
    for (var cost : costs) {
      after.put(cost.bucket(), bucket(cost, now).take(cost.tokens()));
      if (cost.bucket().equals(Rates.ELB)) {
        var share = share(urgency, now);
        after.put(shareName(urgency), share.take(Math.min(1, Math.max(0, share.tokens()))));
      }
    }
    return new Budget(rates, after);
  }

  /** The budget after AWS throttled a call with these costs. */
  public Budget throttled(List<Cost> costs, Instant now) {
    var after = new TreeMap<>(buckets);
    costs.forEach(cost -> after.put(cost.bucket(), bucket(cost, now).slowed(now)));
    return new Budget(rates, after);
  }

  /** What is left in a bucket; for metrics. */
  public double tokens(String name, Instant now) {
    var bucket = buckets.get(name);
    return bucket == null ? rates.limit(name).burst() : bucket.at(now).tokens();
  }

  /** What is left in each bucket, full ones included; for metrics. */
  public SortedMap<String, Double> tokens(Instant now) {
    var left = new TreeMap<String, Double>();
    rates.limits().forEach((name, limit) -> left.put(name, limit.burst()));
    buckets.forEach((name, bucket) -> left.put(name, bucket.at(now).tokens()));
    return left;
  }

  private Bucket bucket(String name, Rates.Limit limit, Instant now) {
    var bucket = buckets.get(name);
    return bucket == null ? Bucket.full(limit, now) : bucket.at(now);
  }

  private static String shareName(Urgency urgency) {
    return Rates.ELB + ".share." + urgency;
  }
}
