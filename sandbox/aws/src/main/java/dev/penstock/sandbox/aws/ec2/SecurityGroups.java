package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.Quota;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.InterfaceRow;
import dev.penstock.sandbox.aws.engine.Turn;
import java.util.List;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Security groups: names are unique in a VPC, what is used or referenced is not deleted. */
public final class SecurityGroups implements Operations.Family {
  private static final int LARGEST_PAGE = 1000;

  private final Filters<SecurityGroup> filters =
      new Filters<>(SecurityGroup::tags)
          .on("group-id", SecurityGroup::groupId)
          .on("group-name", SecurityGroup::groupName)
          .on("vpc-id", SecurityGroup::vpcId)
          .on("description", SecurityGroup::description)
          .on("owner-id", SecurityGroup::ownerId)
          .onEach(
              "ip-permission.group-id",
              group ->
                  group.ipPermissions().stream()
                      .flatMap(p -> p.userIdGroupPairs().stream().map(pair -> pair.groupId())));

  @Override
  public void register(Operations operations) {
    operations.on(CreateSecurityGroupRequest.class, this::create);
    operations.on(DescribeSecurityGroupsRequest.class, this::describe);
    operations.on(DeleteSecurityGroupRequest.class, this::delete);
  }

  static SecurityGroup find(Turn turn, String id) {
    if (id == null || !id.startsWith("sg-")) {
      throw AwsError.refused("InvalidGroupId.Malformed", "Invalid id: \"" + id + "\"");
    }
    return turn.region()
        .securityGroups
        .find(id)
        .orElseThrow(() ->
            AwsError.refused(
                "InvalidGroup.NotFound", "The security group '" + id + "' does not exist"));
  }

  private SdkResponse create(Turn turn, CreateSecurityGroupRequest request) {
    checkNames(request);
    var vpcId = request.vpcId() == null ? defaultVpc(turn) : request.vpcId();
    if (!turn.region().vpcs.has(vpcId)) {
      throw AwsError.refused("InvalidVpcID.NotFound", "The vpc ID '" + vpcId + "' does not exist");
    }
    for (var group : turn.region().securityGroups.all()) {
      if (vpcId.equals(group.vpcId()) && request.groupName().equalsIgnoreCase(group.groupName())) {
        throw AwsError.refused(
            "InvalidGroup.Duplicate",
            "The security group '"
                + request.groupName()
                + "' already exists for VPC '"
                + vpcId
                + "'");
      }
    }
    if (turn.region().securityGroups.size() >= turn.quota(Quota.SECURITY_GROUPS)) {
      throw AwsError.refused(
          "SecurityGroupLimitExceeded", "The maximum number of security groups has been reached");
    }
    var id = "sg-" + turn.ids().hex(17);
    var group =
        SecurityGroup.builder()
            .groupId(id)
            .groupName(request.groupName())
            .description(request.description())
            .vpcId(vpcId)
            .ownerId(turn.region().account)
            .securityGroupArn(turn.region().arn("ec2", "security-group/" + id))
            .tags(Ec2Tags.of(turn, request.tagSpecifications(), "security-group"))
            .build();
    turn.region().securityGroups.put(id, group);
    allowAllOut(turn, id);
    return CreateSecurityGroupResponse.builder()
        .groupId(id)
        .securityGroupArn(group.securityGroupArn())
        .tags(group.tags())
        .build();
  }

  private static void allowAllOut(Turn turn, String groupId) {
    var rule =
        SecurityGroupRule.builder()
            .securityGroupRuleId("sgr-" + turn.ids().hex(17))
            .groupId(groupId)
            .groupOwnerId(turn.region().account)
            .isEgress(true)
            .ipProtocol("-1")
            .fromPort(-1)
            .toPort(-1)
            .cidrIpv4("0.0.0.0/0")
            .build();
    turn.region().securityGroupRules.put(rule.securityGroupRuleId(), rule);
  }

  private static void checkNames(CreateSecurityGroupRequest request) {
    var name = request.groupName();
    if (name == null || name.isEmpty() || name.length() > 255 || name.startsWith("sg-")) {
      throw AwsError.refused(
          "InvalidParameterValue", "Value (" + name + ") for parameter GroupName is invalid");
    }
    if (request.description() == null || request.description().isEmpty()) {
      throw AwsError.refused(
          "MissingParameter", "The request must contain the parameter GroupDescription");
    }
    if (!request.description().matches("[\\w .:/()#,@\\[\\]+=&;{}!$*-]{1,255}")) {
      throw AwsError.refused(
          "InvalidParameterValue",
          "Value (" + request.description() + ") for parameter GroupDescription is invalid");
    }
  }

  private static String defaultVpc(Turn turn) {
    return turn.region().vpcs.all().stream()
        .filter(vpc -> Boolean.TRUE.equals(vpc.isDefault()))
        .map(vpc -> vpc.vpcId())
        .findFirst()
        .orElseThrow(() -> AwsError.refused("VPCIdNotSpecified", "No default VPC for this user"));
  }

  private SdkResponse describe(Turn turn, DescribeSecurityGroupsRequest request) {
    request.groupIds().forEach(id -> find(turn, id));
    List<SecurityGroup> shown =
        turn.region().securityGroups.all().stream()
            .filter(group ->
                request.groupIds().isEmpty() || request.groupIds().contains(group.groupId()))
            .filter(group ->
                request.groupNames().isEmpty() || request.groupNames().contains(group.groupName()))
            .map(group -> withPermissions(turn, group))
            .toList();
    var page =
        Ec2Pages.of(
            turn,
            filters.select(shown, request.filters()),
            SecurityGroup::groupId,
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE);
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.items())
        .nextToken(page.next())
        .build();
  }

  private static SecurityGroup withPermissions(Turn turn, SecurityGroup group) {
    var rules = turn.region().securityGroupRules.in(group.groupId());
    return group.toBuilder()
        .ipPermissions(
            Permissions.permissions(rules.stream().filter(rule -> !rule.isEgress()).toList()))
        .ipPermissionsEgress(
            Permissions.permissions(rules.stream().filter(SecurityGroupRule::isEgress).toList()))
        .build();
  }

  private SdkResponse delete(Turn turn, DeleteSecurityGroupRequest request) {
    var group = find(turn, request.groupId());
    var id = group.groupId();
    if ("default".equals(group.groupName())) {
      throw AwsError.refused("CannotDelete", "the specified group: \"" + id + "\" is in use");
    }
    if (usedByInterface(turn, id) || referenced(turn, id)) {
      throw AwsError.refused("DependencyViolation", "resource " + id + " has a dependent object");
    }
    turn.region()
        .securityGroupRules
        .in(id)
        .forEach(rule -> turn.region().securityGroupRules.remove(rule.securityGroupRuleId()));
    turn.region().securityGroups.remove(id);
    return DeleteSecurityGroupResponse.builder().returnValue(true).groupId(id).build();
  }

  private static boolean usedByInterface(Turn turn, String groupId) {
    return turn.region().interfaces.all().stream()
        .filter(row -> row.exists(turn.now()))
        .map(InterfaceRow::model)
        .anyMatch(eni -> eni.groups().stream().anyMatch(g -> groupId.equals(g.groupId())));
  }

  private static boolean referenced(Turn turn, String groupId) {
    return turn.region().securityGroupRules.all().stream()
        .filter(rule -> !groupId.equals(rule.groupId()))
        .anyMatch(rule -> groupId.equals(Permissions.peer(rule)));
  }
}
