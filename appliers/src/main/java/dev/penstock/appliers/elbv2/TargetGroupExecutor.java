package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.appliers.Ownership;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.TargetGroups;
import dev.penstock.edges.aws.types.Targets;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.LoadBalancerTarget;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Target groups. A create may answer with somebody else's one: nothing is written before its tags
 * prove it ours (AWS API finding 3). Protocol, port, VPC and type cannot be changed.
 */
public final class TargetGroupExecutor {
  private final Execution execution;

  public TargetGroupExecutor(Execution execution) {
    this.execution = execution;
  }

  public Result create(TargetGroupSpec desired) throws CallFailed, Halted, InterruptedException {
    TargetGroup group;
    try {
      var request = TargetGroups.create(desired);
      group =
          execution
              .call(request, CreateTargetGroupResponse.class, Repeat.AWAITING)
              .targetGroups()
              .getFirst();
    } catch (CallFailed failed) {
      return recognise(desired, failed);
    }
    var tags = Ownership.tags(execution, group.targetGroupArn());
    if (!Ownership.ours(desired.tags(), tags)) {
      return Ownership.foreign(group.targetGroupArn(), tags);
    }
    saw(
        TargetGroups.live(group, Optional.empty(), Map.of(), tags),
        Aspect.CORE,
        Aspect.HEALTH_CHECK,
        Aspect.TAGS);
    var attributes = write(group.targetGroupArn(), Map.of(), desired.attributes());
    var behind = register(group.targetGroupArn(), desired);
    saw(
        TargetGroups.live(group, behind, attributes, tags),
        Aspect.CORE,
        Aspect.HEALTH_CHECK,
        Aspect.TAGS,
        Aspect.ATTRIBUTES,
        Aspect.BEHIND);
    return new Result.Applied();
  }

  /** The name exists with other settings: ours from before, or another's. */
  private Result recognise(TargetGroupSpec desired, CallFailed failed)
      throws CallFailed, Halted, InterruptedException {
    if (!failed.code().equals("DuplicateTargetGroupName")) {
      throw failed;
    }
    var request = DescribeTargetGroupsRequest.builder().names(desired.name()).build();
    var found =
        execution
            .call(request, DescribeTargetGroupsResponse.class, Repeat.AWAITING)
            .targetGroups()
            .getFirst();
    var tags = Ownership.tags(execution, found.targetGroupArn());
    if (!Ownership.ours(desired.tags(), tags)) {
      return Ownership.foreign(found.targetGroupArn(), tags);
    }
    saw(
        TargetGroups.live(found, Optional.empty(), Map.of(), tags),
        Aspect.CORE,
        Aspect.HEALTH_CHECK,
        Aspect.TAGS);
    return new Result.Applied();
  }

  public Result update(LiveTargetGroup observed, TargetGroupSpec desired, List<Aspect> aspects)
      throws CallFailed, Halted, InterruptedException {
    var spec = observed.spec();
    var now = observed;
    if (aspects.contains(Aspect.HEALTH_CHECK)
        && !spec.healthCheck().equals(desired.healthCheck())) {
      var request = TargetGroups.modify(observed.id(), spec.healthCheck(), desired);
      var answer = execution.call(request, ModifyTargetGroupResponse.class, Repeat.SAFE);
      var group = answer.targetGroups().getFirst();
      var check =
          TargetGroups.live(group, Optional.empty(), Map.of(), Map.of()).spec().healthCheck();
      now = now.withSpec(now.spec().withHealthCheck(check));
      saw(now, Aspect.HEALTH_CHECK);
    }
    if (aspects.contains(Aspect.ATTRIBUTES)) {
      var attributes = write(observed.id(), spec.attributes(), desired.attributes());
      now = now.withSpec(now.spec().withAttributes(new TreeMap<>(attributes)));
    }
    if (aspects.contains(Aspect.BEHIND)) {
      var behind = register(observed.id(), desired);
      now = behind.isEmpty() ? now : leadingTo(now, behind.get());
    }
    if (aspects.contains(Aspect.TAGS)) {
      TagWrites.write(execution, observed.id(), spec.tags(), desired.tags());
      now = now.withSpec(now.spec().withTags(new TreeMap<>(desired.tags())));
    }
    execution.saw(new ResourcePresent(execution.resource(), now, aspects));
    return new Result.Applied();
  }

  /** The missing counts as deleted; AWS does not say which answer it gives (AWS API 1.1.2). */
  public Result delete(LiveTargetGroup observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteTargetGroupRequest.builder().targetGroupArn(observed.id()).build();
      execution.call(request, DeleteTargetGroupResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  /** The one target of a group of target type alb, which AWS begins to check. */
  private Optional<TargetHealth> register(String arn, TargetGroupSpec desired)
      throws CallFailed, Halted, InterruptedException {
    if (desired.behind().isEmpty()) {
      return Optional.empty();
    }
    var behind = desired.behind().get();
    var target = new Target(Links.id(behind.loadBalancer()), behind.port(), Optional.empty());
    var request =
        RegisterTargetsRequest.builder()
            .targetGroupArn(arn)
            .targets(Targets.write(List.of(target)))
            .build();
    execution.call(request, RegisterTargetsResponse.class, Repeat.AWAITING);
    return Optional.of(new TargetHealth(target, TargetHealth.INITIAL, "", ""));
  }

  private Map<String, String> write(
      String arn, Map<String, String> observed, Map<String, String> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed = Differences.changed(observed, desired);
    if (!changed.isEmpty()) {
      var request =
          ModifyTargetGroupAttributesRequest.builder()
              .targetGroupArn(arn)
              .attributes(TargetGroups.attributes(changed))
              .build();
      execution.call(request, ModifyTargetGroupAttributesResponse.class, Repeat.AWAITING);
    }
    return Differences.merged(observed, desired);
  }

  private void saw(LiveTargetGroup live, Aspect... aspects) {
    execution.saw(new ResourcePresent(execution.resource(), live, List.of(aspects)));
  }

  private static LiveTargetGroup leadingTo(LiveTargetGroup live, TargetHealth behind) {
    var target = behind.target();
    var loadBalancer =
        new LoadBalancerTarget(new Link.Known(target.id()), target.port(), Optional.empty());
    return new LiveTargetGroup(
        live.id(),
        live.spec().withBehind(Optional.of(loadBalancer)),
        live.loadBalancerArns(),
        Optional.of(behind.state()));
  }
}
