package dev.penstock.sandbox.aws;

import java.time.Duration;

/**
 * How long AWS takes for what it does on its own. Everything here, and every time that a caller
 * configures (health check interval, deregistration delay), is divided by {@code speed}.
 *
 * @param provisioning CreateLoadBalancer until {@code active}
 * @param albRegistration RegisterTargets until the first health check of an ALB
 * @param nlbRegistration the same of an NLB
 * @param targetGroupRelease how long a target group counts as in use after its last use
 * @param interfaceRelease how long the network interfaces of a deleted load balancer remain
 * @param recordPropagation Route 53 PENDING until INSYNC
 * @param certificateRecords RequestCertificate until the validation records appear
 * @param certificateIssue RequestCertificate until ISSUED
 * @param webAclReady CreateLoadBalancer until WAF knows the load balancer
 */
public record AwsTimes(
    double speed,
    Duration provisioning,
    Duration albRegistration,
    Duration nlbRegistration,
    Duration targetGroupRelease,
    Duration interfaceRelease,
    Duration recordPropagation,
    Duration certificateRecords,
    Duration certificateIssue,
    Duration webAclReady) {

  public AwsTimes {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed must be positive: " + speed);
    }
  }

  /** The times that are documented or reported for AWS. */
  public static AwsTimes real() {
    return new AwsTimes(
        1,
        Duration.ofMinutes(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(180),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  /** The real times, {@code factor} times faster. */
  public static AwsTimes scaled(double factor) {
    var real = real();
    return new AwsTimes(
        factor,
        real.provisioning,
        real.albRegistration,
        real.nlbRegistration,
        real.targetGroupRelease,
        real.interfaceRelease,
        real.recordPropagation,
        real.certificateRecords,
        real.certificateIssue,
        real.webAclReady);
  }

  /** Nothing takes time except health checks and draining, which follow their own settings. */
  public static AwsTimes immediate() {
    var none = Duration.ZERO;
    return new AwsTimes(1, none, none, none, none, none, none, none, none, none);
  }

  /** A duration of AWS's world as it passes here. */
  public Duration scale(Duration real) {
    return Duration.ofNanos(Math.round(real.toNanos() / speed));
  }

  public Duration seconds(long real) {
    return scale(Duration.ofSeconds(real));
  }
}
