package dev.penstock.plan.binding;

import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;
import java.util.Optional;

/**
 * TargetGroupBindings that users made onto existing target groups (LBC 3.2). We register targets
 * there and never change, create or delete the group itself.
 */
public final class UserBindings {
  private static final List<String> MIRROR_LABELS =
      List.of("ingress.k8s.aws/stack", "ingress.k8s.aws/stack-name", "service.k8s.aws/stack-name");

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
   * The binding. What the object does not say is taken from the group as AWS shows it, as LBC's
   * webhook does; until that is known and the type is not stated, there is none.
   */
  public static Optional<TargetBinding> of(
      ClusterRegistration cluster, TargetGroupBinding object, Optional<TargetGroupSpec> observed) {
    var spec = object.spec();
    var type = spec.targetType().or(() -> observed.map(TargetGroupSpec::targetType));
    return type.map(targetType ->
        new TargetBinding(
            targetGroup(cluster.cluster(), object),
            cluster.cluster(),
            object.metadata().namespace(),
            object.metadata().name(),
            spec.serviceName(),
            spec.servicePort(),
            targetType,
            spec.ipAddressType()
                .or(() -> observed.map(TargetGroupSpec::ipAddressType))
                .orElse("ipv4"),
            spec.vpcId().or(() -> observed.map(TargetGroupSpec::vpcId)).orElse(cluster.vpcId()),
            spec.nodeSelector(),
            spec.multiCluster(),
            spec.targetGroupArn(),
            spec.networking()));
  }
}
