package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.aws.Live.LiveListener;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveProtection;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.List;

/**
 * An answer laid over what was known: the aspects that it speaks of come from it, all others stay.
 * {@link Aspect#CORE} is a whole describe answer; attributes, tags, SNI certificates, the minimum
 * capacity and what stands behind a target group have calls of their own.
 */
final class Aspects {
  /** What the describe call of the resource leaves out. */
  private static final List<Aspect> OWN_CALL =
      List.of(Aspect.ATTRIBUTES, Aspect.TAGS, Aspect.CERTIFICATES, Aspect.CAPACITY, Aspect.BEHIND);

  private Aspects() {}

  /** Both are the same resource; of different kinds, the answer replaces what was known. */
  static Live merge(Live known, Live seen, List<Aspect> aspects) {
    return switch (seen) {
      case LiveLoadBalancer s when known instanceof LiveLoadBalancer k -> merge(k, s, aspects);
      case LiveListener s when known instanceof LiveListener k ->
          new LiveListener(s.id(), merge(k.spec(), s.spec(), new Pick(aspects)));
      case LiveListenerRule s when known instanceof LiveListenerRule k ->
          new LiveListenerRule(s.id(), merge(k.spec(), s.spec(), new Pick(aspects)));
      case LiveTargetGroup s when known instanceof LiveTargetGroup k ->
          new LiveTargetGroup(
              s.id(),
              merge(k.spec(), s.spec(), new Pick(aspects)),
              new Pick(aspects).of(Aspect.CORE, k.loadBalancerArns(), s.loadBalancerArns()),
              new Pick(aspects).of(Aspect.BEHIND, k.behindState(), s.behindState()));
      case LiveSecurityGroup s when known instanceof LiveSecurityGroup k ->
          new LiveSecurityGroup(s.id(), merge(k.spec(), s.spec(), new Pick(aspects)));
      case LiveLoadBalancer _,
          LiveListener _,
          LiveListenerRule _,
          LiveTargetGroup _,
          LiveSecurityGroup _,
          LiveSecurityGroupRules _,
          LiveCertificate _,
          LiveProtection _,
          LiveRecordName _ ->
          seen;
    };
  }

  private record Pick(List<Aspect> aspects) {
    <T> T of(Aspect aspect, T known, T seen) {
      return aspects.contains(aspect)
              || (aspects.contains(Aspect.CORE) && !OWN_CALL.contains(aspect))
          ? seen
          : known;
    }
  }

  private static LiveLoadBalancer merge(
      LiveLoadBalancer k, LiveLoadBalancer s, List<Aspect> aspects) {
    var core = aspects.contains(Aspect.CORE) ? s : k;
    return new LiveLoadBalancer(
        s.id(),
        merge(k.spec(), s.spec(), new Pick(aspects)),
        core.dnsName(),
        core.hostedZoneId(),
        core.vpcId(),
        core.state(),
        core.stateReason());
  }

  private static LoadBalancerSpec merge(LoadBalancerSpec k, LoadBalancerSpec s, Pick pick) {
    return new LoadBalancerSpec(
        pick.of(Aspect.CORE, k.name(), s.name()),
        pick.of(Aspect.CORE, k.type(), s.type()),
        pick.of(Aspect.CORE, k.scheme(), s.scheme()),
        pick.of(Aspect.IP_ADDRESS_TYPE, k.ipAddressType(), s.ipAddressType()),
        pick.of(Aspect.SUBNETS, k.subnets(), s.subnets()),
        pick.of(Aspect.SECURITY_GROUPS, k.securityGroups(), s.securityGroups()),
        pick.of(Aspect.CORE, k.customerOwnedIpv4Pool(), s.customerOwnedIpv4Pool()),
        pick.of(Aspect.IPAM, k.ipv4IpamPoolId(), s.ipv4IpamPoolId()),
        pick.of(Aspect.CAPACITY, k.minimumCapacityUnits(), s.minimumCapacityUnits()),
        pick.of(Aspect.ATTRIBUTES, k.attributes(), s.attributes()),
        pick.of(Aspect.TAGS, k.tags(), s.tags()),
        pick.of(Aspect.SUBNETS, k.allocationIds(), s.allocationIds()));
  }

  private static ListenerSpec merge(ListenerSpec k, ListenerSpec s, Pick pick) {
    return new ListenerSpec(
        pick.of(Aspect.CORE, k.loadBalancer(), s.loadBalancer()),
        pick.of(Aspect.CORE, k.port(), s.port()),
        pick.of(Aspect.CORE, k.protocol(), s.protocol()),
        pick.of(Aspect.DEFAULT_ACTIONS, k.defaultActions(), s.defaultActions()),
        pick.of(Aspect.CERTIFICATES, k.certificates(), s.certificates()),
        pick.of(Aspect.CORE, k.sslPolicy(), s.sslPolicy()),
        pick.of(Aspect.MUTUAL_AUTHENTICATION, k.mutualAuthentication(), s.mutualAuthentication()),
        pick.of(Aspect.ATTRIBUTES, k.attributes(), s.attributes()),
        pick.of(Aspect.TAGS, k.tags(), s.tags()));
  }

  private static ListenerRuleSpec merge(ListenerRuleSpec k, ListenerRuleSpec s, Pick pick) {
    return new ListenerRuleSpec(
        pick.of(Aspect.CORE, k.listener(), s.listener()),
        pick.of(Aspect.PRIORITY, k.priority(), s.priority()),
        pick.of(Aspect.CONDITIONS, k.conditions(), s.conditions()),
        pick.of(Aspect.CONDITIONS, k.actions(), s.actions()),
        pick.of(Aspect.CONDITIONS, k.transforms(), s.transforms()),
        pick.of(Aspect.TAGS, k.tags(), s.tags()));
  }

  private static TargetGroupSpec merge(TargetGroupSpec k, TargetGroupSpec s, Pick pick) {
    return new TargetGroupSpec(
        pick.of(Aspect.CORE, k.name(), s.name()),
        pick.of(Aspect.CORE, k.targetType(), s.targetType()),
        pick.of(Aspect.CORE, k.protocol(), s.protocol()),
        pick.of(Aspect.CORE, k.protocolVersion(), s.protocolVersion()),
        pick.of(Aspect.CORE, k.port(), s.port()),
        pick.of(Aspect.CORE, k.ipAddressType(), s.ipAddressType()),
        pick.of(Aspect.CORE, k.vpcId(), s.vpcId()),
        pick.of(Aspect.HEALTH_CHECK, k.healthCheck(), s.healthCheck()),
        pick.of(Aspect.CORE, k.targetControlPort(), s.targetControlPort()),
        pick.of(Aspect.ATTRIBUTES, k.attributes(), s.attributes()),
        pick.of(Aspect.TAGS, k.tags(), s.tags()),
        pick.of(Aspect.BEHIND, k.behind(), s.behind()));
  }

  private static SecurityGroupSpec merge(SecurityGroupSpec k, SecurityGroupSpec s, Pick pick) {
    return new SecurityGroupSpec(
        pick.of(Aspect.CORE, k.name(), s.name()),
        pick.of(Aspect.CORE, k.description(), s.description()),
        pick.of(Aspect.CORE, k.vpcId(), s.vpcId()),
        pick.of(Aspect.INGRESS_RULES, k.ingress(), s.ingress()),
        pick.of(Aspect.TAGS, k.tags(), s.tags()));
  }
}
