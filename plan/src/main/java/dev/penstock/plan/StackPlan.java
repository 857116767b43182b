package dev.penstock.plan;

import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.intent.IngressIntent.HostIntent;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.kubernetes.TargetGroupBinding.NetworkingPort;
import dev.penstock.schemas.table.StackRow.MemberProblem;
import java.util.List;
import java.util.Optional;

/**
 * What one stack should be. {@code resources} stand in the order in which they can be made. {@code
 * blockedOn} says which knowledge is missing: while it is present nothing of the stack may be
 * concluded to be unwanted. The rules of a listener in {@code respaced} get their priorities by one
 * SetRulePriorities before any of them is created (design §7, priorities).
 */
public record StackPlan(
    List<Desired> resources,
    List<TargetBinding> bindings,
    List<BackendAccess> backendAccess,
    List<HostClaim> claims,
    List<MemberStatus> statuses,
    List<MemberProblem> problems,
    List<ResourceKey> respaced,
    Optional<String> blockedOn) {

  /** One resource, who wants it, and the rule of plan/DIVERGENCES.md that shaped it, if one did. */
  public record Desired(
      ResourceKey key, ResourceSpec spec, List<ObjectKey> wantedBy, Optional<String> divergence) {}

  /**
   * What the load balancer of this stack must reach on the endpoints behind a binding (LBC 4.13): a
   * port by name is resolved against the pods, an absent one means every port.
   */
  public record BackendAccess(
      ResourceKey targetGroup, Permission.Source source, List<NetworkingPort> ports) {}

  /**
   * A member's claim of a name: of a host, or of what validates a certificate. Without targets of
   * its own it is sent when {@code resource}, a load balancer, is present in AWS.
   */
  public record HostClaim(ObjectKey member, HostIntent host, ResourceKey resource, boolean ipv6) {}

  /**
   * The status that a member gets once all of {@code needs} are applied: the load balancer's DNS
   * name with all listener ports of the group (LBC 6.6), then that of the load balancer in front
   * once it is there.
   */
  public record MemberStatus(
      ObjectKey member,
      ResourceKey loadBalancer,
      List<Integer> ports,
      Optional<ResourceKey> frontend,
      List<ResourceKey> needs) {}
}
