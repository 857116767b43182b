package dev.penstock.sandbox.conformance;

import static dev.penstock.sandbox.conformance.Nodes.optional;
import static dev.penstock.sandbox.conformance.Nodes.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.Differ;
import dev.penstock.plan.EndpointRules;
import dev.penstock.plan.Ownership;
import dev.penstock.plan.Verdict;
import dev.penstock.plan.Verdict.Delete;
import dev.penstock.plan.Verdict.Update;
import dev.penstock.plan.Written;
import dev.penstock.plan.shared.BindingAccess;
import dev.penstock.plan.shared.SharedBuilder;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Network.NetworkInterface;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.settings.DnsSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of a case's security groups, before and after its bindings are served. */
final class CaseAccess {
  private final CaseCluster cluster;
  private final CaseCloud cloud;
  private final Map<String, List<Permission>> groups = new TreeMap<>();

  CaseAccess(CaseCluster cluster, CaseCloud cloud, JsonNode securityGroups) {
    this.cluster = cluster;
    this.cloud = cloud;
    for (var group : securityGroups) {
      groups.put(text(group, "id"), Nodes.list(group.path("ingress"), CaseAccess::permission));
    }
  }

  /**
   * Once the bindings have what they need.
   *
   * @param rules of each group, as texts
   * @param told target groups whose owner is told that a security group is missing
   * @param writes what was authorized and revoked
   */
  record After(Map<String, TreeSet<String>> rules, Set<ResourceKey> told, TargetWrites writes) {}

  After after(List<CaseBinding> bindings, List<NetworkInterface> interfaces) {
    var accesses = new ArrayList<BindingAccess>();
    for (var of : bindings) {
      if (!of.isReleased()) {
        accesses.add(
            new BindingAccess(of.binding(), BindingAccess.of(of.binding()), of.rows(), true));
      }
    }
    var network = cloud.network(cluster.registration().vpcId()).orElseThrow();
    var plan = SharedBuilder.rules(cluster, cloud, network, interfaces, accesses);
    var after = new TreeMap<String, List<Permission>>(groups);
    for (var desired : plan.resources()) {
      if (desired.spec() instanceof SecurityGroupRulesSpec spec) {
        var live =
            new LiveSecurityGroupRules(
                spec.groupId(),
                new SecurityGroupRulesSpec(
                    spec.groupId(), groups.getOrDefault(spec.groupId(), List.of())));
        var verdict = differ().diff(desired.key(), Optional.of(spec), observed(live));
        after.put(spec.groupId(), applied(live, verdict));
      }
    }
    var texts = new TreeMap<String, TreeSet<String>>();
    after.forEach((id, rules) -> {
      var of = texts.computeIfAbsent(id, _ -> new TreeSet<>());
      rules.forEach(rule -> of.add(rule(rule)));
    });
    var told = new HashSet<ResourceKey>();
    plan.problems().forEach(problem -> told.add(problem.targetGroup()));
    return new After(texts, told, writes(texts));
  }

  private TargetWrites writes(Map<String, TreeSet<String>> after) {
    var writes = new TargetWrites();
    after.forEach((id, rules) -> {
      var before = new TreeSet<String>();
      groups.getOrDefault(id, List.of()).forEach(rule -> before.add(rule(rule)));
      rules.stream()
          .filter(rule -> !before.contains(rule))
          .forEach(rule -> writes.add(TargetWrites.AUTHORIZE, id, rule));
      before.stream()
          .filter(rule -> !rules.contains(rule))
          .forEach(rule -> writes.add(TargetWrites.REVOKE, id, rule));
    });
    return writes;
  }

  private Differ differ() {
    return new Differ(
        new Ownership(
            cluster.registration().lbcName(),
            List.of(),
            DnsSettings.defaults(),
            List.of(),
            List.of()));
  }

  /** Rules that carry the mark are such as the log once wrote. */
  private static ObservedRow observed(LiveSecurityGroupRules live) {
    var ours = live.spec().ingress().stream().filter(EndpointRules::isMarked).toList();
    var memory =
        Written.remember(
            List.of(), live.id(), new SecurityGroupRulesSpec(live.spec().groupId(), ours));
    return new ObservedRow(new Present(live), 1, Instant.EPOCH, 1, memory);
  }

  private static List<Permission> applied(LiveSecurityGroupRules live, Verdict verdict) {
    var rules = new ArrayList<>(live.spec().ingress());
    if (verdict instanceof Update(LiveSecurityGroupRules touched, var wanted, _)
        && wanted instanceof SecurityGroupRulesSpec spec) {
      rules.removeAll(touched.spec().ingress());
      rules.addAll(spec.ingress());
    } else if (verdict instanceof Delete(LiveSecurityGroupRules touched)) {
      rules.removeAll(touched.spec().ingress());
    }
    return rules;
  }

  static Permission permission(JsonNode rule) {
    Permission.Source source =
        optional(rule, "cidr")
            .<Permission.Source>map(Permission.Cidr::new)
            .or(() -> optional(rule, "cidrV6").map(Permission.CidrV6::new))
            .or(() -> optional(rule, "prefixList").map(Permission.PrefixList::new))
            .orElseGet(() -> new Permission.Group(new Link.Known(text(rule, "group"))));
    return new Permission(
        text(rule, "protocol"),
        rule.path("fromPort").asInt(-1),
        rule.path("toPort").asInt(-1),
        source,
        text(rule, "description"));
  }

  /** What counts of a rule: the description does not, as long as it is the wanted one's source. */
  static String rule(Permission rule) {
    var source =
        switch (rule.source()) {
          case Permission.Cidr(var cidr) -> cidr;
          case Permission.CidrV6(var cidr) -> cidr;
          case Permission.PrefixList(var id) -> id;
          case Permission.Group(var group) -> group instanceof Link.Known(var id) ? id : "";
        };
    return "%s %d-%d from %s".formatted(rule.protocol(), rule.fromPort(), rule.toPort(), source);
  }
}
