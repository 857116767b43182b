package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;

/** Inbound rules: authorized and revoked all or none; CIDRs are kept as network addresses. */
public final class SecurityGroupRules implements Operations.Family {
  private static final int LARGEST_PAGE = 1000;

  private final Filters<SecurityGroupRule> filters =
      new Filters<>(SecurityGroupRule::tags)
          .on("group-id", SecurityGroupRule::groupId)
          .on("security-group-rule-id", SecurityGroupRule::securityGroupRuleId);

  @Override
  public void register(Operations operations) {
    operations.on(AuthorizeSecurityGroupIngressRequest.class, this::authorize);
    operations.on(RevokeSecurityGroupIngressRequest.class, this::revoke);
    operations.on(UpdateSecurityGroupRuleDescriptionsIngressRequest.class, this::describeAnew);
    operations.on(DescribeSecurityGroupRulesRequest.class, this::describe);
  }

  private SdkResponse authorize(Turn turn, AuthorizeSecurityGroupIngressRequest request) {
    var group = group(turn, request.groupId(), request.groupName());
    var permissions =
        permissions(
            request.ipPermissions(),
            request.ipProtocol(),
            request.fromPort(),
            request.toPort(),
            request.cidrIp());
    var tags = Ec2Tags.of(turn, request.tagSpecifications(), "security-group-rule");
    var held = ingress(turn, group);
    var added = new ArrayList<SecurityGroupRule>();
    for (var rule : Permissions.rules(turn.region().account, permissions)) {
      var peer = Permissions.peer(rule);
      if (peer != null) {
        SecurityGroups.find(turn, peer);
      }
      if (has(held, rule) || has(added, rule)) {
        throw AwsError.refused(
            "InvalidPermission.Duplicate",
            "the specified rule \"" + text(rule) + "\" already exists");
      }
      added.add(
          rule.toBuilder()
              .securityGroupRuleId("sgr-" + turn.ids().hex(17))
              .groupId(group.groupId())
              .groupOwnerId(turn.region().account)
              .tags(tags)
              .build());
    }
    if (held.size() + added.size() > turn.quota(Quota.RULES_PER_SECURITY_GROUP)) {
      throw AwsError.refused(
          "RulesPerSecurityGroupLimitExceeded",
          "The maximum number of rules per security group has been reached.");
    }
    added.forEach(rule -> turn.region().securityGroupRules.put(rule.securityGroupRuleId(), rule));
    return AuthorizeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .securityGroupRules(added)
        .build();
  }

  private SdkResponse revoke(Turn turn, RevokeSecurityGroupIngressRequest request) {
    var group = group(turn, request.groupId(), request.groupName());
    var held = ingress(turn, group);
    var gone = new ArrayList<SecurityGroupRule>();
    for (var id : request.securityGroupRuleIds()) {
      gone.add(
          held.stream()
              .filter(rule -> id.equals(rule.securityGroupRuleId()))
              .findFirst()
              .orElseThrow(() ->
                  AwsError.refused(
                      "InvalidSecurityGroupRuleId.NotFound",
                      "The security group rule ID '" + id + "' does not exist")));
    }
    var unknown = new ArrayList<SecurityGroupRule>();
    var byPermission =
        request.securityGroupRuleIds().isEmpty()
            ? permissions(
                request.ipPermissions(),
                request.ipProtocol(),
                request.fromPort(),
                request.toPort(),
                request.cidrIp())
            : request.ipPermissions();
    for (var rule : Permissions.rules(turn.region().account, byPermission)) {
      held.stream()
          .filter(is -> Permissions.same(is, rule))
          .filter(is -> rule.description() == null || rule.description().equals(is.description()))
          .findFirst()
          .ifPresentOrElse(gone::add, () -> unknown.add(rule));
    }
    if (!unknown.isEmpty() && !inDefaultVpc(turn, group)) {
      throw AwsError.refused(
          "InvalidPermission.NotFound",
          "The specified rule does not exist in this security group.");
    }
    gone.forEach(rule -> turn.region().securityGroupRules.remove(rule.securityGroupRuleId()));
    return RevokeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .unknownIpPermissions(Permissions.permissions(unknown))
        .revokedSecurityGroupRules(gone.stream().map(SecurityGroupRules::revoked).toList())
        .build();
  }

  private static RevokedSecurityGroupRule revoked(SecurityGroupRule rule) {
    return RevokedSecurityGroupRule.builder()
        .securityGroupRuleId(rule.securityGroupRuleId())
        .groupId(rule.groupId())
        .isEgress(rule.isEgress())
        .ipProtocol(rule.ipProtocol())
        .fromPort(rule.fromPort())
        .toPort(rule.toPort())
        .cidrIpv4(rule.cidrIpv4())
        .cidrIpv6(rule.cidrIpv6())
        .prefixListId(rule.prefixListId())
        .referencedGroupId(Permissions.peer(rule))
        .description(rule.description())
        .build();
  }

  private SdkResponse describeAnew(
      Turn turn, UpdateSecurityGroupRuleDescriptionsIngressRequest request) {
    var group = group(turn, request.groupId(), request.groupName());
    for (var wanted : Permissions.rules(turn.region().account, request.ipPermissions())) {
      var rule =
          ingress(turn, group).stream()
              .filter(is -> Permissions.same(is, wanted))
              .findFirst()
              .orElseThrow(() ->
                  AwsError.refused(
                      "InvalidPermission.NotFound",
                      "The specified rule does not exist in this security group."));
      turn.region()
          .securityGroupRules
          .put(
              rule.securityGroupRuleId(),
              rule.toBuilder().description(wanted.description()).build());
    }
    return UpdateSecurityGroupRuleDescriptionsIngressResponse.builder().returnValue(true).build();
  }

  private SdkResponse describe(Turn turn, DescribeSecurityGroupRulesRequest request) {
    var named =
        Networks.named(
            turn.region().securityGroupRules,
            request.securityGroupRuleIds(),
            "InvalidSecurityGroupRuleId.NotFound",
            "security group rule");
    var page =
        Ec2Pages.of(
            turn,
            filters.select(named, request.filters()),
            SecurityGroupRule::securityGroupRuleId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeSecurityGroupRulesResponse.builder()
        .securityGroupRules(page.items())
        .nextToken(page.next())
        .build();
  }

  private static SecurityGroup group(Turn turn, @Nullable String id, @Nullable String name) {
    if (id != null) {
      return SecurityGroups.find(turn, id);
    }
    return turn.region().securityGroups.all().stream()
        .filter(group -> group.groupName().equals(name) && inDefaultVpc(turn, group))
        .findFirst()
        .orElseThrow(() ->
            AwsError.refused(
                "InvalidGroup.NotFound", "The security group '" + name + "' does not exist"));
  }

  /** The short form of one rule is as good as the list. */
  private static List<IpPermission> permissions(
      List<IpPermission> given,
      @Nullable String protocol,
      @Nullable Integer from,
      @Nullable Integer to,
      @Nullable String cidr) {
    if (!given.isEmpty()) {
      return given;
    }
    if (protocol == null || cidr == null) {
      throw AwsError.refused(
          "MissingParameter", "The request must contain the parameter ipPermissions");
    }
    return List.of(
        IpPermission.builder()
            .ipProtocol(protocol)
            .fromPort(from)
            .toPort(to)
            .ipRanges(IpRange.builder().cidrIp(cidr).build())
            .build());
  }

  private static List<SecurityGroupRule> ingress(Turn turn, SecurityGroup group) {
    return turn.region().securityGroupRules.in(group.groupId()).stream()
        .filter(rule -> !rule.isEgress())
        .toList();
  }

  private static boolean has(List<SecurityGroupRule> rules, SecurityGroupRule wanted) {
    return rules.stream().anyMatch(rule -> Permissions.same(rule, wanted));
  }

  private static boolean inDefaultVpc(Turn turn, SecurityGroup group) {
    return turn.region()
        .vpcs
        .find(group.vpcId())
        .filter(vpc -> Boolean.TRUE.equals(vpc.isDefault()))
        .isPresent();
  }

  private static String text(SecurityGroupRule rule) {
    var peer =
        Optional.ofNullable(rule.cidrIpv4())
            .or(() -> Optional.ofNullable(rule.cidrIpv6()))
            .or(() -> Optional.ofNullable(rule.prefixListId()))
            .or(() -> Optional.ofNullable(Permissions.peer(rule)))
            .orElse("");
    return "peer: "
        + peer
        + ", "
        + (rule.ipProtocol().equals("-1")
            ? "ALL"
            : rule.ipProtocol().toUpperCase(java.util.Locale.ROOT))
        + ", from port: "
        + rule.fromPort()
        + ", to port: "
        + rule.toPort()
        + ", ALLOW";
  }
}
