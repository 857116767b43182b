package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What an update takes away: rules that a security group has and shall not have any more. */
public final class Revocations {
  private Revocations() {}

  /** The rules that the update revokes. */
  public static List<Permission> of(Verdict.Update update) {
    return update.aspects().contains(Aspect.INGRESS_RULES)
        ? without(ingress(update.observed().spec()), ingress(update.desired()))
        : List.of();
  }

  /** The update without its revocations; empty if it does nothing else. */
  public static Optional<Verdict.Update> spared(Verdict.Update update) {
    return spared(update, _ -> true);
  }

  /** The update without the revocation of rules that stay; empty if it does nothing else. */
  public static Optional<Verdict.Update> spared(
      Verdict.Update update, Predicate<Permission> stays) {
    var wanted = ingress(update.desired());
    var kept = new ArrayList<>(wanted);
    of(update).stream().filter(stays).forEach(kept::add);
    var observed = ingress(update.observed().spec());
    var aspects = new ArrayList<>(update.aspects());
    if (without(wanted, observed).isEmpty() && without(observed, kept).isEmpty()) {
      aspects.remove(Aspect.INGRESS_RULES);
    }
    return aspects.isEmpty()
        ? Optional.empty()
        : Optional.of(new Verdict.Update(update.observed(), with(update.desired(), kept), aspects));
  }

  private static List<Permission> without(List<Permission> rules, List<Permission> others) {
    var left = NormalPermissions.of(others);
    return rules.stream().filter(rule -> !left.contains(NormalPermissions.of(rule))).toList();
  }

  private static List<Permission> ingress(ResourceSpec spec) {
    return switch (spec) {
      case SecurityGroupSpec group -> group.ingress();
      case SecurityGroupRulesSpec rules -> rules.ingress();
      case LoadBalancerSpec _,
          ListenerSpec _,
          ListenerRuleSpec _,
          TargetGroupSpec _,
          CertificateSpec _,
          ProtectionSpec _,
          RecordNameSpec _ ->
          List.of();
    };
  }

  private static ResourceSpec with(ResourceSpec spec, List<Permission> ingress) {
    return switch (spec) {
      case SecurityGroupSpec it -> it.withIngress(ingress);
      case SecurityGroupRulesSpec it -> new SecurityGroupRulesSpec(it.groupId(), ingress);
      case LoadBalancerSpec _,
          ListenerSpec _,
          ListenerRuleSpec _,
          TargetGroupSpec _,
          CertificateSpec _,
          ProtectionSpec _,
          RecordNameSpec _ ->
          spec;
    };
  }
}
