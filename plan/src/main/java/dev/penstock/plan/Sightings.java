package dev.penstock.plan;

import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether two sightings of one resource say the same: what AWS stores without an order, or in
 * another spelling, is no change.
 */
public final class Sightings {
  private Sightings() {}

  public static boolean agree(ResourceSpec known, ResourceSpec seen) {
    return switch (seen) {
      case RecordNameSpec s when known instanceof RecordNameSpec k ->
          sets(k).equals(sets(s)) && k.zoneId().equals(s.zoneId());
      case SecurityGroupRulesSpec s when known instanceof SecurityGroupRulesSpec k ->
          marked(k).equals(marked(s)) && k.groupId().equals(s.groupId());
      case SecurityGroupSpec s when known instanceof SecurityGroupSpec k ->
          NormalPermissions.of(k.ingress()).equals(NormalPermissions.of(s.ingress()))
              && bare(k).equals(bare(s));
      case LoadBalancerSpec _,
          ListenerSpec _,
          ListenerRuleSpec _,
          TargetGroupSpec _,
          SecurityGroupSpec _,
          SecurityGroupRulesSpec _,
          CertificateSpec _,
          ProtectionSpec _,
          RecordNameSpec _ ->
          known.equals(seen);
    };
  }

  private static Set<RecordSet> sets(RecordNameSpec spec) {
    var sets = new HashSet<RecordSet>();
    spec.recordSets().forEach(set -> sets.add(RecordNameDifference.plain(set)));
    return sets;
  }

  /** On a group that is not ours only rules with our description are looked at. */
  private static Set<NormalPermissions.Rule> marked(SecurityGroupRulesSpec spec) {
    return NormalPermissions.of(spec.ingress().stream().filter(EndpointRules::isMarked).toList());
  }

  private static SecurityGroupSpec bare(SecurityGroupSpec spec) {
    return new SecurityGroupSpec(
        spec.name(), spec.description(), spec.vpcId(), List.of(), spec.tags());
  }
}
