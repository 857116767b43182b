package dev.penstock.appliers.ec2;

import dev.penstock.appliers.Execution;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Permissions;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.command.Fault;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;

/**
 * Ingress rules of one group. Authorize and revoke are all or nothing and not idempotent (AWS API
 * 1.2): when AWS knows a rule that we add, or does not know one that we remove, the group is read
 * and only the rest is written, rule by rule.
 */
final class IngressRules {
  private static final String DUPLICATE = "InvalidPermission.Duplicate";
  private static final String NOT_FOUND = "InvalidPermission.NotFound";

  private final Execution execution;
  private final String groupId;

  IngressRules(Execution execution, String groupId) {
    this.execution = execution;
    this.groupId = groupId;
  }

  /**
   * Makes the observed rules the desired ones: first what is new, then what must go; the other way
   * round where the quota has no room for both, and is sure to have room for what is new then.
   */
  void write(List<Permission> observed, List<Permission> desired)
      throws CallFailed, Halted, InterruptedException {
    var fresh = Permissions.minus(desired, observed);
    var leaving = Permissions.minus(observed, desired);
    try {
      authorize(fresh);
      describeAnew(observed, desired);
      revoke(leaving);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.QUOTA || fresh.size() > leaving.size()) {
        throw failed;
      }
      revoke(leaving);
      authorize(fresh);
      describeAnew(observed, desired);
    }
  }

  void authorize(List<Permission> rules) throws CallFailed, Halted, InterruptedException {
    if (rules.isEmpty()) {
      return;
    }
    try {
      authorizeAll(rules);
    } catch (CallFailed failed) {
      if (failed.answered() && !failed.code().equals(DUPLICATE)) {
        throw failed;
      }
      for (var rule : Permissions.minus(rules, read())) {
        authorizeOne(rule);
      }
    }
  }

  /** A read may not show yet what is there: what AWS calls a duplicate is done. */
  private void authorizeOne(Permission rule) throws CallFailed, Halted, InterruptedException {
    try {
      authorizeAll(List.of(rule));
    } catch (CallFailed failed) {
      if (!failed.code().equals(DUPLICATE)) {
        throw failed;
      }
    }
  }

  private void authorizeAll(List<Permission> rules)
      throws CallFailed, Halted, InterruptedException {
    var request =
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(groupId)
            .ipPermissions(Permissions.write(rules))
            .build();
    execution.call(request, AuthorizeSecurityGroupIngressResponse.class, Repeat.ONCE);
  }

  void revoke(List<Permission> rules) throws CallFailed, Halted, InterruptedException {
    if (rules.isEmpty()) {
      return;
    }
    try {
      revokeAll(rules);
    } catch (CallFailed failed) {
      if (failed.code().equals("InvalidGroup.NotFound")) {
        return;
      }
      if (failed.answered() && !failed.code().equals(NOT_FOUND)) {
        throw failed;
      }
      var present = read();
      for (var rule : rules) {
        if (Permissions.minus(List.of(rule), present).isEmpty()) {
          revokeOne(rule);
        }
      }
    }
  }

  private void revokeOne(Permission rule) throws CallFailed, Halted, InterruptedException {
    try {
      revokeAll(List.of(rule));
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
  }

  private void revokeAll(List<Permission> rules) throws CallFailed, Halted, InterruptedException {
    var request =
        RevokeSecurityGroupIngressRequest.builder()
            .groupId(groupId)
            .ipPermissions(Permissions.write(rules.stream().map(Permissions::identity).toList()))
            .build();
    execution.call(request, RevokeSecurityGroupIngressResponse.class, Repeat.SAFE);
  }

  /** Rules that AWS takes for the same, with another description. */
  private void describeAnew(List<Permission> observed, List<Permission> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed =
        desired.stream()
            .filter(rule -> Permissions.minus(List.of(rule), observed).isEmpty())
            .filter(rule -> observed.stream().noneMatch(seen -> sameText(seen, rule)))
            .toList();
    if (!changed.isEmpty()) {
      var request =
          UpdateSecurityGroupRuleDescriptionsIngressRequest.builder()
              .groupId(groupId)
              .ipPermissions(Permissions.write(changed))
              .build();
      execution.call(
          request, UpdateSecurityGroupRuleDescriptionsIngressResponse.class, Repeat.SAFE);
    }
  }

  private static boolean sameText(Permission one, Permission other) {
    return one.description().equals(other.description())
        && Permissions.identity(one).equals(Permissions.identity(other));
  }

  List<Permission> read() throws CallFailed, Halted, InterruptedException {
    var request = DescribeSecurityGroupsRequest.builder().groupIds(groupId).build();
    var answer = execution.call(request, DescribeSecurityGroupsResponse.class, Repeat.AWAITING);
    return answer.securityGroups().stream()
        .findFirst()
        .map(SecurityGroup::ipPermissions)
        .map(Permissions::read)
        .orElse(List.of());
  }
}
