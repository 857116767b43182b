package dev.penstock.plan.ingress;

import dev.penstock.plan.names.StackNames;
import dev.penstock.plan.names.StackTags;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes the network load balancer in front of a group's own, with a listener and a target group
 * for each of its ports (LBC 1.5). The target of each group is the load balancer behind.
 */
final class FrontendBuilder {
  private static final String TCP = "TCP";

  private final StackDraft draft;
  private final LoadBalancerBuilder.Built behind;
  private final Frontend frontend;

  FrontendBuilder(StackDraft draft, LoadBalancerBuilder.Built behind, Frontend frontend) {
    this.draft = draft;
    this.behind = behind;
    this.frontend = frontend;
  }

  ResourceKey write(List<Participant> participants) {
    var key = draft.key(ResourceKind.LOAD_BALANCER, StackNames.FRONTEND);
    draft.want(
        key,
        new LoadBalancerSpec(
            StackNames.frontend(behind.spec().name(), generation(key)),
            "network",
            frontend.scheme(),
            behind.spec().ipAddressType(),
            frontend.subnets(),
            frontend.securityGroups(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            frontend.attributes(),
            tags(key.id()),
            frontend.allocationIds()),
        participants.stream().map(Participant::member).toList(),
        frontend.divergence());
    frontend.ports().forEach(port -> write(key, port));
    return key;
  }

  /** The number in the name; of one that must be replaced it is that of its successor. */
  private int generation(ResourceKey key) {
    int newest = draft.input.successor(StackNames.FRONTEND);
    boolean stays =
        draft
            .live(key)
            .filter(live ->
                live.spec() instanceof LoadBalancerSpec spec
                    && !spec.scheme().equals(frontend.scheme()))
            .isEmpty();
    return stays ? newest : newest + 1;
  }

  private void write(ResourceKey balancer, Frontend.Port port) {
    var group = draft.key(ResourceKind.TARGET_GROUP, StackNames.frontendTargetGroup(port.port()));
    draft.want(group, targetGroup(group, port), port.members());
    var listener = draft.key(ResourceKind.LISTENER, StackNames.frontendListener(port.port()));
    var forward =
        new Action.Forward(
            List.of(new WeightedTargetGroup(new Link.Ref(group), Optional.empty())),
            Optional.empty());
    draft.want(
        listener,
        new ListenerSpec(
            new Link.Ref(balancer),
            port.port(),
            TCP,
            List.of(forward),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            tags(listener.id())),
        port.members());
  }

  private TargetGroupSpec targetGroup(ResourceKey key, Frontend.Port port) {
    var check = port.healthCheck();
    int successor =
        draft.input.successor(
            ResourceKind.TARGET_GROUP, StackNames.frontendTargetGroup(port.port()));
    var listener = draft.key(ResourceKind.LISTENER, Integer.toString(port.target()));
    return new TargetGroupSpec(
        draft.names().frontendTargetGroup(port.port(), check.port(), check.protocol(), successor),
        "alb",
        TCP,
        "",
        port.port(),
        "ipv4",
        draft.input.registration().vpcId(),
        check,
        Optional.empty(),
        Map.of(),
        tags(key.id()),
        Optional.of(
            new LoadBalancerTarget(
                new Link.Ref(behind.key()), port.target(), Optional.of(new Link.Ref(listener)))));
  }

  /** Tags of its own take the place of all others, default tags included (LBC 1.5). */
  private SortedMap<String, String> tags(String resourceId) {
    return frontend
        .tags()
        .map(own ->
            StackTags.resource(
                draft.input.registration().lbcName(), draft.input.stack(), resourceId, own))
        .orElseGet(() -> draft.tags(resourceId, behind.tags()));
  }
}
