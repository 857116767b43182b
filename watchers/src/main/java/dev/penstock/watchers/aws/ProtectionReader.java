package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Protections;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.command.Fault;
import software.amazon.awssdk.services.shield.model.DescribeProtectionResponse;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceResponse;

/** What guards one load balancer. Having no guard is an answer, not a failure. */
final class ProtectionReader {
  private final Calls calls;

  ProtectionReader(Calls calls) {
    this.calls = calls;
  }

  LiveProtection read(String loadBalancerArn, Guard guard)
      throws CallFailed, Halted, InterruptedException {
    return switch (guard) {
      case WEB_ACL ->
          Protections.live(
              loadBalancerArn,
              calls.call(
                  Protections.webAclOf(loadBalancerArn),
                  software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse.class,
                  Repeat.SAFE));
      case CLASSIC_WEB_ACL ->
          Protections.live(
              loadBalancerArn,
              calls.call(
                  Protections.classicWebAclOf(loadBalancerArn),
                  GetWebAclForResourceResponse.class,
                  Repeat.SAFE));
      case SHIELD -> shield(loadBalancerArn);
    };
  }

  private LiveProtection shield(String loadBalancerArn)
      throws CallFailed, Halted, InterruptedException {
    try {
      return Protections.live(
          loadBalancerArn,
          calls.call(
              Protections.shieldOf(loadBalancerArn),
              DescribeProtectionResponse.class,
              Repeat.SAFE));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      return Protections.none(loadBalancerArn, Guard.SHIELD);
    }
  }
}
