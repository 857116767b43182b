package dev.penstock.plan.binding;

import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan.BackendAccess;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.Networking;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingRule;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.Peer;
import dev.penstock.schemas.table.ObservedRow.Presence;
import dev.penstock.schemas.table.ObservedRow.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The TargetGroupBinding object that shows a target group of ours in its cluster (LBC 4.3, 4.4):
 * output for Argo Rollouts and others, never a member. Its name is the target group's.
 */
public record Mirror(ObjectKey object, Map<String, String> labels, TargetGroupBinding.Spec spec) {

  /** The mirror, once the target group and the security groups that it names are there. */
  public static Optional<Mirror> of(
      TargetBinding binding,
      TargetGroupSpec group,
      List<BackendAccess> access,
      Function<ResourceKey, Presence> observed) {
    var networking = networking(access, observed);
    if (!(observed.apply(binding.targetGroup()) instanceof Present(var live))
        || networking.isEmpty() && !access.isEmpty()) {
      return Optional.empty();
    }
    var spec =
        new TargetGroupBinding.Spec(
            Optional.of(live.id()),
            Optional.empty(),
            Optional.of(binding.targetType()),
            Optional.of(group.protocol()),
            binding.serviceName(),
            binding.servicePort(),
            networking,
            binding.nodeSelector(),
            Optional.of(binding.ipAddressType()),
            Optional.of(binding.vpcId()),
            binding.multiCluster(),
            Optional.empty(),
            Optional.empty());
    return Optional.of(
        new Mirror(
            new ObjectKey(
                binding.cluster(),
                ObjectKind.TARGET_GROUP_BINDING,
                binding.namespace(),
                binding.name()),
            StackTags.bindingLabels(binding.targetGroup().stack()),
            spec));
  }

  /** Whether the object in the cluster already says all this. */
  public boolean isShownBy(TargetGroupBinding found) {
    return found.spec().equals(spec)
        && found.metadata().labels().entrySet().containsAll(labels.entrySet());
  }

  /** One rule for each port (LBC 4.13). */
  private static Optional<Networking> networking(
      List<BackendAccess> access, Function<ResourceKey, Presence> observed) {
    var rules = new ArrayList<NetworkingRule>();
    for (var one : access) {
      var peer = peer(one.source(), observed);
      if (peer.isEmpty()) {
        return Optional.empty();
      }
      for (var port : one.ports()) {
        rules.add(new NetworkingRule(List.of(peer.get()), List.of(port)));
      }
    }
    return rules.isEmpty() ? Optional.empty() : Optional.of(new Networking(List.copyOf(rules)));
  }

  private static Optional<Peer> peer(
      Permission.Source source, Function<ResourceKey, Presence> observed) {
    return switch (source) {
      case Permission.Group(var link) ->
          Order.resolve(link, observed) instanceof Link.Known(var id)
              ? Optional.of(new Peer(Optional.of(id), Optional.empty()))
              : Optional.empty();
      case Permission.Cidr(var cidr) -> Optional.of(new Peer(Optional.empty(), Optional.of(cidr)));
      case Permission.CidrV6(var cidr) ->
          Optional.of(new Peer(Optional.empty(), Optional.of(cidr)));
      case Permission.PrefixList _ -> Optional.empty();
    };
  }
}
