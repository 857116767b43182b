package dev.penstock.plan.shared;

import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;
import java.util.Optional;

/**
 * What the SHARED stack of a cluster should be. {@code problems} name bindings whose endpoints
 * cannot be opened; they stop no registration.
 */
public record SharedPlan(List<Desired> resources, List<BindingProblem> problems) {
  public record BindingProblem(ResourceKey targetGroup, Problem problem) {}

  /** The key of the stack that all stacks of a cluster share. */
  public static StackId stack(String cluster) {
    return new StackId(cluster, StackKind.SHARED, "");
  }

  /** The key of the shared backend security group. */
  public static ResourceKey backendGroup(String cluster) {
    return new ResourceKey(stack(cluster), ResourceKind.SECURITY_GROUP, StackNames.BACKEND_GROUP);
  }

  /** The key of our rules on a security group that is not ours. */
  public static ResourceKey rules(String cluster, String groupId) {
    return new ResourceKey(stack(cluster), ResourceKind.SECURITY_GROUP_RULES, groupId);
  }

  /** The shared backend security group, made once for each cluster (LBC 4.3, 4.4). */
  public static Desired backendGroup(ClusterRegistration cluster, List<ObjectKey> wantedBy) {
    var spec =
        new SecurityGroupSpec(
            StackNames.backendSecurityGroup(cluster.lbcName()),
            StackNames.BACKEND_GROUP_DESCRIPTION,
            cluster.vpcId(),
            List.of(),
            StackTags.backendSecurityGroup(cluster.lbcName(), cluster.controller().defaultTags()));
    return new Desired(backendGroup(cluster.cluster()), spec, wantedBy, Optional.empty());
  }
}
