package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.CertificateCalls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.ListenerRules;
import dev.penstock.edges.aws.types.Listeners;
import dev.penstock.edges.aws.types.LoadBalancers;
import dev.penstock.edges.aws.types.SecurityGroups;
import dev.penstock.edges.aws.types.TargetGroups;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.ProtectionSpec.Guard;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Observation.ResourceUnknown;
import dev.penstock.schemas.key.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;

/**
 * Reads one resource, as far as the aspects go; no aspects means all but the minimum capacity,
 * which few load balancers have. CORE is always read: it is what says present or missing.
 */
final class ResourceReader {
  private final Balancing balancing;
  private final Calls calls;
  private final ResourceKey resource;
  private final List<Aspect> wanted;
  private final List<Aspect> read = new ArrayList<>(List.of(Aspect.CORE));

  ResourceReader(Calls calls, ResourceKey resource, List<Aspect> wanted) {
    this.calls = calls;
    this.balancing = new Balancing(calls);
    this.resource = resource;
    this.wanted = wanted;
  }

  List<Observation> read(Optional<String> id, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    if (id.isEmpty() && name.isEmpty()) {
      return List.of(new ResourceUnknown(resource, "neither id nor name is known"));
    }
    try {
      return switch (resource.kind()) {
        case LOAD_BALANCER -> seen(loadBalancer(id, name));
        case TARGET_GROUP -> seen(targetGroup(id, name));
        case LISTENER -> seen(listener(id.orElse("")));
        case LISTENER_RULE -> seen(rule(id.orElse("")));
        case SECURITY_GROUP -> seen(group(id, name).map(SecurityGroups::live));
        case SECURITY_GROUP_RULES -> seen(group(id, name).map(SecurityGroups::rules));
        case CERTIFICATE -> seen(certificate(id, name));
        case PROTECTION -> seen(protection(id.orElse("")));
        case RECORD_NAME -> seen(recordName(id.or(() -> name).orElse("")));
        case INVENTORY ->
            List.of(new ResourceUnknown(resource, "an inventory has a reading of its own"));
      };
    } catch (CallFailed failed) {
      if (failed.fault() != Fault.GONE) {
        throw failed;
      }
      return List.of(new ResourceMissing(resource));
    }
  }

  private List<Observation> seen(Optional<? extends Live> live) {
    return List.of(
        live.<Observation>map(l -> new ResourcePresent(resource, l, List.copyOf(read)))
            .orElseGet(() -> new ResourceMissing(resource)));
  }

  private Optional<Live> loadBalancer(Optional<String> id, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeLoadBalancersRequest.builder();
    id.ifPresentOrElse(request::loadBalancerArns, () -> name.ifPresent(request::names));
    var found = balancing.loadBalancers(request.build()).stream().findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var arn = found.get().loadBalancerArn();
    var attributes =
        wants(Aspect.ATTRIBUTES) ? balancing.loadBalancerAttributes(arn) : Map.<String, String>of();
    var capacity =
        wants(Aspect.CAPACITY)
            ? Optional.of(balancing.capacityUnits(arn))
            : Optional.<Integer>empty();
    return Optional.of(LoadBalancers.live(found.get(), capacity, attributes, tags(arn)));
  }

  private Optional<Live> targetGroup(Optional<String> id, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeTargetGroupsRequest.builder();
    id.ifPresentOrElse(request::targetGroupArns, () -> name.ifPresent(request::names));
    var found = balancing.targetGroups(request.build()).stream().findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var arn = found.get().targetGroupArn();
    var attributes =
        wants(Aspect.ATTRIBUTES) ? balancing.targetGroupAttributes(arn) : Map.<String, String>of();
    var behind =
        wants(Aspect.BEHIND) ? balancing.behind(found.get()) : Optional.<TargetHealth>empty();
    return Optional.of(TargetGroups.live(found.get(), behind, attributes, tags(arn)));
  }

  private Optional<Live> listener(String arn) throws CallFailed, Halted, InterruptedException {
    var request = DescribeListenersRequest.builder().listenerArns(arn).build();
    var found = balancing.listeners(request).stream().findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> sni = wants(Aspect.CERTIFICATES) ? balancing.sniCertificates(arn) : List.of();
    var attributes =
        wants(Aspect.ATTRIBUTES) ? balancing.listenerAttributes(arn) : Map.<String, String>of();
    return Optional.of(Listeners.live(found.get(), sni, attributes, tags(arn)));
  }

  private Optional<? extends Live> rule(String arn)
      throws CallFailed, Halted, InterruptedException {
    var request = DescribeRulesRequest.builder().ruleArns(arn).build();
    var found = balancing.rules(request).stream().findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return ListenerRules.live(found.get(), ListenerRules.listenerArn(arn), tags(arn));
  }

  private Optional<SecurityGroup> group(Optional<String> id, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    var groups = new Groups(calls);
    var found = id.isPresent() ? groups.byId(id.get()) : groups.named(name.orElse(""));
    read.add(Aspect.TAGS);
    return found.stream().findFirst();
  }

  /** By name it is the one among those of a domain that has this resource's tags. */
  private Optional<Live> certificate(Optional<String> id, Optional<String> name)
      throws CallFailed, Halted, InterruptedException {
    read.add(Aspect.TAGS);
    var acm = new CertificateCalls(calls);
    if (id.isPresent()) {
      return Optional.of(acm.live(id.get()));
    }
    var slash = name.orElse("").indexOf('/');
    var cluster = name.orElse("").substring(0, slash);
    var found =
        acm.find(
            name.orElse("").substring(slash + 1),
            tags ->
                Marks.resource(tags, List.of(cluster), resource.stack())
                    .filter(resource.id()::equals)
                    .isPresent());
    return found.map(live -> live);
  }

  /** It is read by the load balancer that it guards. */
  private Optional<Live> protection(String loadBalancerArn)
      throws CallFailed, Halted, InterruptedException {
    var guard = Guard.of(resource.id());
    return Optional.of(new ProtectionReader(calls).read(loadBalancerArn, guard));
  }

  private Optional<Live> recordName(String id) throws CallFailed, Halted, InterruptedException {
    var slash = id.indexOf('/');
    var zone = id.substring(0, slash);
    var name = id.substring(slash + 1);
    var sets = new ZoneReader(calls).sets(zone, Optional.of(name));
    return sets.isEmpty()
        ? Optional.empty()
        : Optional.of(new LiveRecordName(id, new RecordNameSpec(zone, name, sets)));
  }

  private Map<String, String> tags(String arn) throws CallFailed, Halted, InterruptedException {
    return wants(Aspect.TAGS) ? balancing.tags(arn) : Map.of();
  }

  private boolean wants(Aspect aspect) {
    var wants = wanted.isEmpty() ? aspect != Aspect.CAPACITY : wanted.contains(aspect);
    if (wants) {
      read.add(aspect);
    }
    return wants;
  }
}
