package dev.penstock.plan.binding;

import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.intent.Problem;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.table.ObservedRow.Missing;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * TargetGroupBindings that users made onto existing target groups (LBC 3.2). We register targets
 * there and never change, create or delete the group itself.
 */
public final class UserBindings {
  private static final List<String> MIRROR_LABELS =
      List.of("ingress.k8s.aws/stack", "ingress.k8s.aws/stack-name", "service.k8s.aws/stack-name");

  private static final List<String> TYPES = List.of("ip", "instance");

  /** The reason of LBC's Events about a binding (LBC 9). */
  public static final String REFUSED = "FailedReconcile";

  private UserBindings() {}

  /** Whether a user made it: the labels of a stack mark the objects that mirror groups of ours. */
  public static boolean isUserMade(TargetGroupBinding object) {
    return MIRROR_LABELS.stream().noneMatch(object.metadata().labels()::containsKey);
  }

  /** The stack of a user-made binding. */
  public static StackId stack(String cluster, TargetGroupBinding object) {
    return new StackId(
        cluster, StackKind.BINDING, object.metadata().namespace() + "/" + object.metadata().name());
  }

  /** The key under which the existing target group is observed. */
  public static ResourceKey targetGroup(String cluster, TargetGroupBinding object) {
    var stack = stack(cluster, object);
    return new ResourceKey(stack, ResourceKind.TARGET_GROUP, stack.id());
  }

  /**
   * What the object says, completed and checked by the group as AWS shows it, as LBC's webhooks do
   * (LBC 3.2). One that says everything itself does not wait for AWS.
   */
  public static UserBinding read(
      ClusterRegistration cluster, TargetGroupBinding object, Presence observed) {
    var spec = object.spec();
    if (spec.targetGroupArn().isEmpty() && spec.targetGroupName().isEmpty()) {
      return refused("it names neither targetGroupARN nor targetGroupName");
    }
    return switch (observed) {
      case Missing _ -> refused(named(spec) + " does not exist");
      case Present(var live) ->
          live instanceof LiveTargetGroup group
              ? checked(cluster, object, group)
              : refused(named(spec) + " is no target group");
      case Unknown _ ->
          spec.targetType().isPresent() && spec.targetGroupArn().isPresent()
              ? made(cluster, object, Optional.empty())
              : new UserBinding.Unread();
    };
  }

  private static UserBinding checked(
      ClusterRegistration cluster, TargetGroupBinding object, LiveTargetGroup live) {
    var spec = object.spec();
    var group = live.spec();
    var type = spec.targetType().orElse(group.targetType());
    if (!TYPES.contains(group.targetType())) {
      return refused(named(spec) + " has targets of type " + group.targetType());
    }
    return differs("targetType", type, group.targetType())
        .or(() -> differs("ipAddressType", spec.ipAddressType(), group.ipAddressType()))
        .or(() -> differs("vpcID", spec.vpcId(), group.vpcId()))
        .or(() ->
            type.equals("ip") && spec.nodeSelector().isPresent()
                ? Optional.of("nodeSelector is for targets of type instance")
                : Optional.empty())
        .map(UserBindings::refused)
        .orElseGet(() -> made(cluster, object, Optional.of(live)));
  }

  private static Optional<String> differs(String field, Optional<String> said, String is) {
    return said.flatMap(text -> differs(field, text, is));
  }

  private static Optional<String> differs(String field, String said, String is) {
    return said.equals(is) || is.isEmpty()
        ? Optional.empty()
        : Optional.of(field + " is " + said + ", the target group's is " + is);
  }

  private static UserBinding made(
      ClusterRegistration cluster, TargetGroupBinding object, Optional<LiveTargetGroup> live) {
    var spec = object.spec();
    var group = live.map(LiveTargetGroup::spec);
    var type = spec.targetType().or(() -> group.map(TargetGroupSpec::targetType)).orElseThrow();
    return new UserBinding.Made(
        new TargetBinding(
            targetGroup(cluster.cluster(), object),
            cluster.cluster(),
            object.metadata().namespace(),
            object.metadata().name(),
            spec.serviceName(),
            spec.servicePort(),
            type,
            spec.ipAddressType().or(() -> group.map(TargetGroupSpec::ipAddressType)).orElse("ipv4"),
            spec.vpcId().or(() -> group.map(TargetGroupSpec::vpcId)).orElse(cluster.vpcId()),
            spec.nodeSelector(),
            spec.multiCluster(),
            spec.targetGroupArn().or(() -> live.map(LiveTargetGroup::id)),
            spec.networking(),
            spec.targetGroupProtocol().or(() -> group.map(TargetGroupSpec::protocol)).orElse("")));
  }

  private static UserBinding refused(String why) {
    return new UserBinding.Refused(new Problem(REFUSED, why));
  }

  private static String named(TargetGroupBinding.Spec spec) {
    return spec.targetGroupArn()
        .map(arn -> "target group " + arn)
        .orElseGet(() -> "a target group named " + spec.targetGroupName().orElse(""));
  }
}
