package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import software.amazon.awssdk.services.shield.model.DescribeProtectionRequest;
import software.amazon.awssdk.services.shield.model.DescribeProtectionResponse;
import software.amazon.awssdk.services.waf.model.GetWebAclForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceRequest;

/** Guards of load balancers as WAF, classic WAF and Shield speak of them. */
public final class Protections {
  private Protections() {}

  public static GetWebAclForResourceRequest webAclOf(String loadBalancerArn) {
    return GetWebAclForResourceRequest.builder().resourceArn(loadBalancerArn).build();
  }

  public static software.amazon.awssdk.services.waf.model.GetWebAclForResourceRequest
      classicWebAclOf(String loadBalancerArn) {
    return software.amazon.awssdk.services.waf.model.GetWebAclForResourceRequest.builder()
        .resourceArn(loadBalancerArn)
        .build();
  }

  public static DescribeProtectionRequest shieldOf(String loadBalancerArn) {
    return DescribeProtectionRequest.builder().resourceArn(loadBalancerArn).build();
  }

  public static LiveProtection live(
      String loadBalancerArn,
      software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse answer) {
    var acl = answer.webACL();
    return live(loadBalancerArn, Guard.WEB_ACL, acl == null ? "" : Text.of(acl.arn()), "");
  }

  public static LiveProtection live(String loadBalancerArn, GetWebAclForResourceResponse answer) {
    var acl = answer.webACLSummary();
    return live(
        loadBalancerArn, Guard.CLASSIC_WEB_ACL, acl == null ? "" : Text.of(acl.webACLId()), "");
  }

  public static LiveProtection live(String loadBalancerArn, DescribeProtectionResponse answer) {
    var protection = answer.protection();
    return protection == null
        ? none(loadBalancerArn, Guard.SHIELD)
        : live(loadBalancerArn, Guard.SHIELD, Text.of(protection.name()), Text.of(protection.id()));
  }

  public static LiveProtection none(String loadBalancerArn, Guard guard) {
    return live(loadBalancerArn, guard, "", "");
  }

  /** A load balancer has one guard of a kind at most: the two are the id. */
  public static LiveProtection live(
      String loadBalancerArn, Guard guard, String value, String handle) {
    return new LiveProtection(
        loadBalancerArn + "|" + guard.text(),
        new ProtectionSpec(new Link.Known(loadBalancerArn), guard, value),
        handle);
  }
}
