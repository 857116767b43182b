package dev.penstock.sandbox.aws.waf;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Turn;

/** The load balancers that WAF can protect: Application Load Balancers, a while after creation. */
final class Protected {
  private Protected() {}

  static void check(Turn turn, String resourceArn) {
    var row =
        resourceArn == null ? null : turn.region().loadBalancers.find(resourceArn).orElse(null);
    if (row == null) {
      throw AwsError.refused(
          "WAFNonexistentItemException",
          "AWS WAF couldn't perform the operation because your resource doesn't exist.");
    }
    if (!row.application()) {
      throw AwsError.refused(
          "WAFInvalidParameterException", "The resource is not an Application Load Balancer");
    }
    var known = row.model().createdTime().plus(turn.times().scale(turn.times().webAclReady()));
    if (known.isAfter(turn.now())) {
      throw AwsError.refused(
          "WAFUnavailableEntityException",
          "AWS WAF couldn't retrieve the resource that you requested. Retry your request.");
    }
  }
}
