package dev.penstock.edges.aws;

import dev.penstock.schemas.command.Urgency;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many calls AWS allows (AWS API 2.3), and how the shared bucket of Elastic Load Balancing is
 * divided: each urgency has a share of it that no other can take.
 */
public record Rates(Map<String, Limit> limits, Map<Urgency, Limit> shares) {
  static final String ELB = "elb";
  static final String ELB_CREATE = "elb.create";
  static final String ELB_TARGETS = "elb.targets";
  static final String ELB_WRITE = "elb.write";
  static final String ELB_READ = "elb.read";
  static final String EC2_WRITE = "ec2.write";
  static final String EC2_TAGS = "ec2.tags";
  static final String EC2_READ = "ec2.read";
  static final String ROUTE53 = "route53";
  static final String ROUTE53_ACTION = "route53.action";
  static final String ROUTE53_CHANGES = "route53.changes";
  static final String ACM_LIST = "acm.list";
  static final String ACM_READ = "acm.read";
  static final String ACM_WRITE = "acm.write";

  static final String WAF_WRITE = "waf.write";
  static final String WAF_READ = "waf.read";
  static final String SHIELD = "shield";

  /** A token bucket: how much it holds, and how much flows in each second. */
  public record Limit(double burst, double perSecond) {}

  public Rates {
    limits = new TreeMap<>(limits);
    shares = new TreeMap<>(shares);
  }

  /** AWS's published numbers; for Route 53 the older and lower 5 a second (AWS API finding 2). */
  public static Rates published() {
    var limits = new TreeMap<String, Limit>();
    limits.put(ELB, new Limit(40, 10));
    limits.put(ELB_CREATE, new Limit(10, 0.2));
    limits.put(ELB_TARGETS, new Limit(20, 4));
    limits.put(ELB_WRITE, new Limit(20, 3));
    limits.put(ELB_READ, new Limit(40, 10));
    limits.put(EC2_WRITE, new Limit(50, 5));
    limits.put(EC2_TAGS, new Limit(100, 10));
    limits.put(EC2_READ, new Limit(50, 10));
    limits.put(ROUTE53, new Limit(5, 5));
    limits.put(ROUTE53_ACTION, new Limit(5, 5));
    limits.put(ROUTE53_CHANGES, new Limit(1500, 100));
    limits.put(ACM_LIST, new Limit(8, 8));
    limits.put(ACM_READ, new Limit(10, 10));
    limits.put(ACM_WRITE, new Limit(5, 5));
    limits.put(WAF_WRITE, new Limit(1, 0.5));
    limits.put(WAF_READ, new Limit(1, 1));
    limits.put(SHIELD, new Limit(5, 5));
    var shares = new TreeMap<Urgency, Limit>();
    shares.put(Urgency.REGISTER, new Limit(2, 2));
    shares.put(Urgency.DEREGISTER_GONE, new Limit(2, 1));
    shares.put(Urgency.DEREGISTER, new Limit(2, 1));
    shares.put(Urgency.STRUCTURE, new Limit(2, 1));
    shares.put(Urgency.CREATION, new Limit(2, 1));
    shares.put(Urgency.DELETION, new Limit(1, 0.5));
    shares.put(Urgency.TAGS, new Limit(1, 0.25));
    shares.put(Urgency.SWEEP, new Limit(1, 0.5));
    return new Rates(limits, shares);
  }

  Limit limit(String name) {
    var limit = limits.get(name);
    if (limit == null) {
      throw new IllegalStateException("no rate is known for " + name);
    }
    return limit;
  }
}
