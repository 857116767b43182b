package dev.penstock.appliers.elbv2;

import dev.penstock.appliers.Differences;
import dev.penstock.appliers.Execution;
import dev.penstock.appliers.Ownership;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls.Repeat;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.Links;
import dev.penstock.edges.aws.types.LoadBalancers;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpamPools;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MinimumLoadBalancerCapacity;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyCapacityReservationResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyIpPoolsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyIpPoolsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveIpamPoolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;

/**
 * Load balancers. A create may answer with somebody else's one: nothing is written before its tags
 * prove it ours (AWS API finding 3).
 */
public final class LoadBalancerExecutor {
  private static final int ATTRIBUTES_PER_CALL = 20;
  private static final List<Aspect> DESCRIBED =
      List.of(
          Aspect.CORE,
          Aspect.SUBNETS,
          Aspect.SECURITY_GROUPS,
          Aspect.IP_ADDRESS_TYPE,
          Aspect.IPAM,
          Aspect.TAGS);

  private final Execution execution;

  public LoadBalancerExecutor(Execution execution) {
    this.execution = execution;
  }

  public Result create(LoadBalancerSpec desired) throws CallFailed, Halted, InterruptedException {
    LoadBalancer balancer;
    try {
      var request = LoadBalancers.create(desired);
      balancer =
          execution
              .call(request, CreateLoadBalancerResponse.class, Repeat.AWAITING)
              .loadBalancers()
              .getFirst();
    } catch (CallFailed failed) {
      return recognise(desired, failed);
    }
    var tags = Ownership.tags(execution, balancer.loadBalancerArn());
    if (!Ownership.ours(desired.tags(), tags)) {
      return Ownership.foreign(balancer.loadBalancerArn(), tags);
    }
    saw(balancer, Map.of(), tags, false);
    var attributes = write(balancer.loadBalancerArn(), Map.of(), desired.attributes());
    saw(balancer, attributes, tags, true);
    return new Result.Applied();
  }

  /** The name exists with other settings: ours from before, which the next decision corrects? */
  private Result recognise(LoadBalancerSpec desired, CallFailed failed)
      throws CallFailed, Halted, InterruptedException {
    if (!failed.code().equals("DuplicateLoadBalancerName")) {
      throw failed;
    }
    var request = DescribeLoadBalancersRequest.builder().names(desired.name()).build();
    var found =
        execution
            .call(request, DescribeLoadBalancersResponse.class, Repeat.AWAITING)
            .loadBalancers()
            .getFirst();
    var tags = Ownership.tags(execution, found.loadBalancerArn());
    if (!Ownership.ours(desired.tags(), tags)) {
      return Ownership.foreign(found.loadBalancerArn(), tags);
    }
    saw(found, Map.of(), tags, false);
    return new Result.Applied();
  }

  public Result update(LiveLoadBalancer observed, LoadBalancerSpec desired, List<Aspect> aspects)
      throws CallFailed, Halted, InterruptedException {
    var spec = observed.spec();
    var written = new ArrayList<Aspect>();
    var now = spec;
    for (var aspect : new TreeSet<>(aspects)) {
      var next = write(observed.id(), aspect, now, desired);
      if (next != now) {
        written.add(aspect);
        now = next;
        execution.saw(
            new ResourcePresent(
                execution.resource(), observed.withSpec(now), List.copyOf(written)));
      }
    }
    execution.saw(new ResourcePresent(execution.resource(), observed.withSpec(now), aspects));
    return new Result.Applied();
  }

  /** Writes one aspect if it differs; the spec as it is then. */
  private LoadBalancerSpec write(
      String arn, Aspect aspect, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    return switch (aspect) {
      case SUBNETS -> subnets(arn, observed, desired);
      case SECURITY_GROUPS -> securityGroups(arn, observed, desired);
      case IP_ADDRESS_TYPE -> ipAddressType(arn, observed, desired);
      case IPAM -> ipam(arn, observed, desired);
      case ATTRIBUTES -> attributes(arn, observed, desired);
      case TAGS -> tags(arn, observed, desired);
      case CAPACITY -> capacity(arn, observed, desired);
      case CORE,
          HEALTH_CHECK,
          CERTIFICATES,
          DEFAULT_ACTIONS,
          MUTUAL_AUTHENTICATION,
          CONDITIONS,
          PRIORITY,
          INGRESS_RULES,
          BEHIND ->
          observed;
    };
  }

  private LoadBalancerSpec subnets(String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    if (Set.copyOf(observed.subnets()).equals(Set.copyOf(desired.subnets()))) {
      return observed;
    }
    var request = SetSubnetsRequest.builder().loadBalancerArn(arn);
    if (desired.allocationIds().size() == desired.subnets().size()) {
      request.subnetMappings(LoadBalancers.mappings(desired));
    } else {
      request.subnets(desired.subnets());
    }
    execution.call(request.build(), SetSubnetsResponse.class, Repeat.SAFE);
    return observed.withSubnets(desired.subnets().stream().sorted().toList());
  }

  private LoadBalancerSpec securityGroups(
      String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var groups = Links.ids(desired.securityGroups());
    if (Set.copyOf(Links.ids(observed.securityGroups())).equals(Set.copyOf(groups))) {
      return observed;
    }
    var request =
        SetSecurityGroupsRequest.builder().loadBalancerArn(arn).securityGroups(groups).build();
    execution.call(request, SetSecurityGroupsResponse.class, Repeat.SAFE);
    return observed.withSecurityGroups(
        groups.stream().sorted().<Link>map(Link.Known::new).toList());
  }

  private LoadBalancerSpec ipAddressType(
      String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    if (observed.ipAddressType().equals(desired.ipAddressType())) {
      return observed;
    }
    var request =
        SetIpAddressTypeRequest.builder()
            .loadBalancerArn(arn)
            .ipAddressType(desired.ipAddressType())
            .build();
    execution.call(request, SetIpAddressTypeResponse.class, Repeat.SAFE);
    return observed.withIpAddressType(desired.ipAddressType());
  }

  private LoadBalancerSpec ipam(String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    if (observed.ipv4IpamPoolId().equals(desired.ipv4IpamPoolId())) {
      return observed;
    }
    var request = ModifyIpPoolsRequest.builder().loadBalancerArn(arn);
    desired
        .ipv4IpamPoolId()
        .ifPresentOrElse(
            pool -> request.ipamPools(IpamPools.builder().ipv4IpamPoolId(pool).build()),
            () -> request.removeIpamPools(RemoveIpamPoolEnum.IPV4));
    execution.call(request.build(), ModifyIpPoolsResponse.class, Repeat.SAFE);
    return observed.withIpv4IpamPoolId(desired.ipv4IpamPoolId());
  }

  private LoadBalancerSpec attributes(
      String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var written = write(arn, observed.attributes(), desired.attributes());
    return written.equals(observed.attributes()) ? observed : observed.withAttributes(written);
  }

  private LoadBalancerSpec tags(String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    if (observed.tags().equals(desired.tags())) {
      return observed;
    }
    TagWrites.write(execution, arn, observed.tags(), desired.tags());
    return observed.withTags(new TreeMap<>(desired.tags()));
  }

  /** Absent means that nobody speaks of it, as of a reservation that somebody made by hand. */
  private LoadBalancerSpec capacity(String arn, LoadBalancerSpec observed, LoadBalancerSpec desired)
      throws CallFailed, Halted, InterruptedException {
    var wanted = desired.minimumCapacityUnits();
    if (wanted.isEmpty() || observed.minimumCapacityUnits().equals(wanted)) {
      return observed;
    }
    int units = wanted.get();
    var request = ModifyCapacityReservationRequest.builder().loadBalancerArn(arn);
    if (units == 0) {
      request.resetCapacityReservation(true);
    } else {
      request.minimumLoadBalancerCapacity(
          MinimumLoadBalancerCapacity.builder().capacityUnits(units).build());
    }
    execution.call(request.build(), ModifyCapacityReservationResponse.class, Repeat.SAFE);
    return observed.withMinimumCapacityUnits(Optional.of(units));
  }

  private Map<String, String> write(
      String arn, Map<String, String> observed, Map<String, String> desired)
      throws CallFailed, Halted, InterruptedException {
    var changed = LoadBalancers.attributes(Differences.changed(observed, desired));
    for (var chunk : Differences.chunks(changed, ATTRIBUTES_PER_CALL)) {
      var request =
          ModifyLoadBalancerAttributesRequest.builder()
              .loadBalancerArn(arn)
              .attributes(chunk)
              .build();
      execution.call(request, ModifyLoadBalancerAttributesResponse.class, Repeat.AWAITING);
    }
    return Differences.merged(observed, desired);
  }

  /** The missing counts as deleted (AWS API: DeleteLoadBalancer). */
  public Result delete(LiveLoadBalancer observed) throws CallFailed, Halted, InterruptedException {
    try {
      var request = DeleteLoadBalancerRequest.builder().loadBalancerArn(observed.id()).build();
      execution.call(request, DeleteLoadBalancerResponse.class, Repeat.SAFE);
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
    }
    execution.saw(new ResourceMissing(execution.resource()));
    return new Result.Applied();
  }

  private void saw(
      LoadBalancer balancer,
      Map<String, String> attributes,
      Map<String, String> tags,
      boolean attributesKnown) {
    var aspects = new ArrayList<>(DESCRIBED);
    if (attributesKnown) {
      aspects.add(Aspect.ATTRIBUTES);
    }
    execution.saw(
        new ResourcePresent(
            execution.resource(),
            LoadBalancers.live(balancer, Optional.empty(), attributes, tags),
            aspects));
  }
}
