package dev.penstock.schemas.aws;

import java.util.List;
import java.util.Optional;

/** A resource as AWS last described it. */
public sealed interface Live {
  /** ARN, security group id, or for a DNS name {@code zoneId/name}. */
  String id();

  ResourceSpec spec();

  record LiveLoadBalancer(
      String id,
      LoadBalancerSpec spec,
      String dnsName,
      String hostedZoneId,
      String vpcId,
      String state,
      String stateReason)
      implements Live {

    public LiveLoadBalancer withSpec(LoadBalancerSpec changed) {
      return new LiveLoadBalancer(id, changed, dnsName, hostedZoneId, vpcId, state, stateReason);
    }
  }

  record LiveListener(String id, ListenerSpec spec) implements Live {}

  record LiveListenerRule(String id, ListenerRuleSpec spec) implements Live {}

  /**
   * {@code behindState} is the health of the load balancer behind a group of target type alb, in
   * AWS's word; absent where there is none or it was not read.
   */
  record LiveTargetGroup(
      String id, TargetGroupSpec spec, List<String> loadBalancerArns, Optional<String> behindState)
      implements Live {

    public LiveTargetGroup withSpec(TargetGroupSpec changed) {
      return new LiveTargetGroup(id, changed, loadBalancerArns, behindState);
    }
  }

  record LiveSecurityGroup(String id, SecurityGroupSpec spec) implements Live {}

  record LiveSecurityGroupRules(String id, SecurityGroupRulesSpec spec) implements Live {}

  /** {@code handle} is what AWS deletes it by, where that is not the load balancer. */
  record LiveProtection(String id, ProtectionSpec spec, String handle) implements Live {}

  record LiveRecordName(String id, RecordNameSpec spec) implements Live {}
}
