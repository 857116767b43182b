package dev.penstock.sandbox.conformance.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.schemas.key.Scope;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.shield.model.ResourceNotFoundException;
import software.amazon.awssdk.services.waf.regional.WafRegionalClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** Reserved capacity, web ACLs and protections of a load balancer, as the services show them. */
final class AddOnPicture {
  private final Wafv2Client waf;
  private final WafRegionalClient classic;
  private final ShieldClient shield;
  private final ElasticLoadBalancingV2Client elb;

  AddOnPicture(AwsSimulator aws, Scope home) {
    var caller = Caller.of(home.account(), home.region(), "looker");
    this.waf = aws.client(Wafv2Client.class, caller);
    this.classic = aws.client(WafRegionalClient.class, caller);
    this.elb = aws.client(ElasticLoadBalancingV2Client.class, caller);
    this.shield = aws.client(ShieldClient.class, caller);
  }

  /** Adds what is attached to the load balancer with this ARN. */
  void draw(String loadBalancerArn, ObjectNode node) {
    if (!node.path("type").asText().equals("application")) {
      return;
    }
    Optional.ofNullable(waf.getWebACLForResource(r -> r.resourceArn(loadBalancerArn)).webACL())
        .ifPresent(acl -> node.put("webACL", acl.arn()));
    Optional.ofNullable(
            classic.getWebACLForResource(r -> r.resourceArn(loadBalancerArn)).webACLSummary())
        .ifPresent(acl -> node.put("webACLRegional", acl.webACLId()));
    Optional.ofNullable(
            elb.describeCapacityReservation(r -> r.loadBalancerArn(loadBalancerArn))
                .minimumLoadBalancerCapacity())
        .ifPresent(minimum -> node.put("capacityUnits", minimum.capacityUnits()));
    try {
      var protection = shield.describeProtection(r -> r.resourceArn(loadBalancerArn)).protection();
      node.put("shieldProtection", protection.name());
    } catch (ResourceNotFoundException _) {
      // No protection is an answer, too.
    }
  }
}
