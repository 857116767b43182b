package dev.penstock.edges.aws.types;

import dev.penstock.edges.aws.Text;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Live.LiveSecurityGroupRules;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Security groups: ours as a whole, and the rules on others'. */
public final class SecurityGroups {
  private SecurityGroups() {}

  public static CreateSecurityGroupRequest create(SecurityGroupSpec spec) {
    var tags =
        TagSpecification.builder()
            .resourceType(ResourceType.SECURITY_GROUP)
            .tags(Tags.ec2(spec.tags()))
            .build();
    return CreateSecurityGroupRequest.builder()
        .groupName(spec.name())
        .description(spec.description())
        .vpcId(spec.vpcId())
        .tagSpecifications(tags)
        .build();
  }

  public static LiveSecurityGroup live(SecurityGroup group) {
    return new LiveSecurityGroup(
        group.groupId(),
        new SecurityGroupSpec(
            Text.of(group.groupName()),
            Text.of(group.description()),
            Text.of(group.vpcId()),
            Permissions.read(group.ipPermissions()),
            Tags.ofEc2(group.tags())));
  }

  public static LiveSecurityGroupRules rules(SecurityGroup group) {
    return new LiveSecurityGroupRules(
        group.groupId(),
        new SecurityGroupRulesSpec(group.groupId(), Permissions.read(group.ipPermissions())));
  }
}
