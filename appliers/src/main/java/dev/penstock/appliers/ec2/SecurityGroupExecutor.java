package dev.penstock.appliers.ec2;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.appliers.Ownership;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.SecurityGroups;
import dev.penstock.edges.aws.types.Tags;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Security groups that we make. CreateSecurityGroup is not idempotent: a group of that name in that
 * VPC is recognised by its tags (AWS API 1.2); one that AWS has just made for us needs no proof.
 */
public final class SecurityGroupExecutor {
  private static final List<Aspect> ALL = List.of(Aspect.CORE, Aspect.INGRESS_RULES, Aspect.TAGS);

  private final Execution execution;

  public SecurityGroupExecutor(Execution execution) {
    this.execution = execution;
  }

  public Result create(SecurityGroupSpec desired) throws CallFailed, Halted, InterruptedException {
    try {
      return fill(desired, created(desired), List.of(), desired.tags());
    } catch (CallFailed failed) {
      if (failed.answered() && !failed.code().equals("InvalidGroup.Duplicate")) {
        throw failed;
      }
    }
    var found = find(desired);
    if (found.isEmpty()) {
      return fill(desired, created(desired), List.of(), desired.tags());
    }
    var spec = found.get().spec();
    if (!Ownership.ours(desired.tags(), spec.tags())) {
      return Ownership.foreign(found.get().id(), spec.tags());
    }
    return fill(desired, found.get().id(), spec.ingress(), spec.tags());
  }

  private String created(SecurityGroupSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var request = SecurityGroups.create(desired);
    return execution.call(request, CreateSecurityGroupResponse.class, Repeat.ONCE).groupId();
  }

  private Optional<LiveSecurityGroup> find(SecurityGroupSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var request =
        DescribeSecurityGroupsRequest.builder()
            .filters(
                Filter.builder().name("group-name").values(desired.name()).build(),
                Filter.builder().name("vpc-id").values(desired.vpcId()).build())
            .build();
    var answer = execution.call(request, DescribeSecurityGroupsResponse.class, Repeat.AWAITING);
    return answer.securityGroups().stream().findFirst().map(SecurityGroups::live);
  }

  private Result fill(
      SecurityGroupSpec desired, String id, List<Permission> present, Map<String, String> tags)
      throws CallFailed, Halted, InterruptedException {
    saw(id, desired, present, tags, List.of(Aspect.CORE, Aspect.TAGS));
    new IngressRules(execution, id).write(present, desired.ingress());
    saw(id, desired, desired.ingress(), tags, ALL);
    return new Result.Applied();
  }

  public Result update(LiveSecurityGroup observed, SecurityGroupSpec desired, List<Aspect> aspects)
      throws CallFailed, Halted, InterruptedException {
    var spec = observed.spec();
    var rules = spec.ingress();
    var tags = spec.tags();
    if (aspects.contains(Aspect.INGRESS_RULES)) {
      new IngressRules(execution, observed.id()).write(rules, desired.ingress());
      rules = desired.ingress();
    }
    if (aspects.contains(Aspect.TAGS)) {
      tag(observed.id(), tags, desired.tags());
      tags = desired.tags();
    }
    saw(observed.id(), spec, rules, tags, aspects);
    return new Result.Applied();
  }

  private void tag(String id, Map<String, String> observed, Map<String, String> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed = Differences.changed(observed, desired);
    if (!changed.isEmpty()) {
      var create = CreateTagsRequest.builder().resources(id).tags(Tags.ec2(changed)).build();
      execution.call(create, CreateTagsResponse.class, Repeat.AWAITING);
    }
    var removed = Differences.removed(observed, desired);
    if (!removed.isEmpty()) {
      var tags = removed.stream().map(key -> Tag.builder().key(key).build()).toList();
      var delete = DeleteTagsRequest.builder().resources(id).tags(tags).build();
      execution.call(delete, DeleteTagsResponse.class, Repeat.SAFE);
    }
  }

  /** The missing counts as deleted. */
  public Result delete(LiveSecurityGroup observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteSecurityGroupRequest.builder().groupId(observed.id()).build();
      execution.call(request, DeleteSecurityGroupResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private void saw(
      String id,
      SecurityGroupSpec spec,
      List<Permission> rules,
      Map<String, String> tags,
      List<Aspect> aspects) {
    var now = spec.withIngress(rules).withTags(new TreeMap<>(tags));
    execution.saw(
        new ResourcePresent(execution.resource(), new LiveSecurityGroup(id, now), aspects));
  }
}
