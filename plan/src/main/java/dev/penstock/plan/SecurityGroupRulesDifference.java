package dev.penstock.plan;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Our rules on a group that is not ours (LBC 4.13). A rule is ours when it has our description and
 * its source is our cluster's backend group or a CIDR that our log authorized or adopted; a wanted
 * rule that is there under another description counts as present and is never revoked (LBC 10.37).
 */
final class SecurityGroupRulesDifference {
  private SecurityGroupRulesDifference() {}

  static Verdict of(
      Optional<SecurityGroupRulesSpec> want,
      LiveSecurityGroupRules live,
      List<String> memory,
      Ownership ownership) {
    var wanted = NormalPermissions.of(want.map(SecurityGroupRulesSpec::ingress).orElse(List.of()));
    var touched = new LinkedHashMap<NormalPermissions.Rule, Permission>();
    for (var permission : live.spec().ingress()) {
      var rule = NormalPermissions.of(permission);
      if (wanted.contains(rule) || isOurs(permission, memory, ownership)) {
        touched.put(rule, permission);
      }
    }
    var part =
        new LiveSecurityGroupRules(
            live.id(),
            new SecurityGroupRulesSpec(live.spec().groupId(), List.copyOf(touched.values())));
    if (want.isEmpty()) {
      return touched.isEmpty() ? new Verdict.InSync() : new Verdict.Delete(part);
    }
    return touched.keySet().equals(wanted)
        ? new Verdict.InSync()
        : new Verdict.Update(part, want.get(), List.of(Aspect.INGRESS_RULES));
  }

  private static boolean isOurs(Permission permission, List<String> memory, Ownership ownership) {
    return EndpointRules.isMarked(permission)
        && switch (permission.source()) {
          case Permission.Group(var group) ->
              ownership.backendGroups().contains(Order.id(group))
                  || Written.holdsGroup(memory, Order.id(group));
          case Permission.Cidr(var cidr) -> Written.holdsCidr(memory, Cidr.canonical(cidr));
          case Permission.CidrV6(var cidr) -> Written.holdsCidr(memory, Cidr.canonical(cidr));
          case Permission.PrefixList(var id) -> Written.holdsCidr(memory, id);
        };
  }
}
