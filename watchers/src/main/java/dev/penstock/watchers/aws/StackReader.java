package dev.penstock.watchers.aws;

import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Calls;
import dev.penstock.edges.aws.Halted;
import dev.penstock.edges.aws.types.ListenerRules;
import dev.penstock.edges.aws.types.Listeners;
import dev.penstock.edges.aws.types.LoadBalancers;
import dev.penstock.edges.aws.types.SecurityGroups;
import dev.penstock.edges.aws.types.TargetGroups;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.ResourceFound;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.key.ResourceIds;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Everything of one stack, with all its aspects: what the log knows by its id, whatever its tags
 * say now, and if asked for, what the tags name beside it. Rules have no key that AWS knows: they
 * are reported as found. What is known and not there is left out; the load balancer and the managed
 * security group, whose ids are fixed (LBC 4.3), are reported missing when a search by tags does
 * not lead to them either.
 */
final class StackReader {
  private static final String SECURITY_GROUP = "sg-";
  private static final String TARGET_GROUP = ":targetgroup/";
  private static final String LOAD_BALANCER = ":loadbalancer/";
  private static final String LOAD_BALANCER_ID = "LoadBalancer";
  private static final List<Aspect> READ = List.of(Aspect.CORE, Aspect.ATTRIBUTES, Aspect.TAGS);
  private static final List<Aspect> READ_GROUP =
      List.of(Aspect.CORE, Aspect.ATTRIBUTES, Aspect.TAGS, Aspect.BEHIND);
  private static final List<Aspect> READ_RESERVED =
      List.of(Aspect.CORE, Aspect.ATTRIBUTES, Aspect.TAGS, Aspect.CAPACITY);
  private static final List<Aspect> READ_LISTENER =
      List.of(Aspect.CORE, Aspect.CERTIFICATES, Aspect.ATTRIBUTES, Aspect.TAGS);
  private static final List<Aspect> READ_PLAIN = List.of(Aspect.CORE, Aspect.TAGS);

  private final Balancing balancing;
  private final Groups groups;
  private final List<String> clusters;
  private final StackId stack;
  private final Map<String, String> known;
  private final boolean byTags;
  private final List<String> reserved;
  private final List<Observation> seen = new ArrayList<>();

  StackReader(Calls calls, Reading.ReadStack reading) {
    this.balancing = new Balancing(calls);
    this.groups = new Groups(calls);
    this.clusters = new ArrayList<>(reading.formerNames());
    this.clusters.add(reading.cluster());
    this.stack = reading.stack();
    this.known = reading.known();
    this.byTags = reading.byTags();
    this.reserved = reading.reserved();
  }

  List<Observation> read() throws CallFailed, Halted, InterruptedException {
    securityGroups();
    targetGroups();
    loadBalancers();
    if (byTags && (stack.kind() == StackKind.INGRESS || stack.kind() == StackKind.SERVICE)) {
      missing(new ResourceKey(stack, ResourceKind.LOAD_BALANCER, LOAD_BALANCER_ID));
      missing(new ResourceKey(stack, ResourceKind.SECURITY_GROUP, "ManagedLBSecurityGroup"));
    }
    return seen;
  }

  private void securityGroups() throws CallFailed, Halted, InterruptedException {
    var all = new ArrayList<>(groups.ifThere(known(SECURITY_GROUP)));
    if (byTags) {
      all.addAll(groups.by("tag-key", Marks.CLUSTERS));
    }
    for (var group : knownFirst(all, SecurityGroup::groupId)) {
      var live = SecurityGroups.live(group);
      ours(ResourceKind.SECURITY_GROUP, live.id(), live.spec().tags())
          .ifPresent(key -> present(key, live, READ_PLAIN));
    }
  }

  private void targetGroups() throws CallFailed, Halted, InterruptedException {
    var all = byTags ? balancing.targetGroups() : balancing.targetGroups(known(TARGET_GROUP));
    var tags = balancing.tags(all.stream().map(TargetGroup::targetGroupArn).toList());
    for (var group : knownFirst(all, TargetGroup::targetGroupArn)) {
      var arn = group.targetGroupArn();
      var marks = tags.getOrDefault(arn, Map.of());
      var key = ours(ResourceKind.TARGET_GROUP, arn, marks);
      if (key.isPresent()) {
        var behind = balancing.behind(group);
        var attributes = balancing.targetGroupAttributes(arn);
        present(key.get(), TargetGroups.live(group, behind, attributes, marks), READ_GROUP);
      }
    }
  }

  private void loadBalancers() throws CallFailed, Halted, InterruptedException {
    var all = byTags ? balancing.loadBalancers() : balancing.loadBalancers(known(LOAD_BALANCER));
    var tags = balancing.tags(all.stream().map(LoadBalancer::loadBalancerArn).toList());
    for (var balancer : knownFirst(all, LoadBalancer::loadBalancerArn)) {
      var arn = balancer.loadBalancerArn();
      var marks = tags.getOrDefault(arn, Map.of());
      var key = ours(ResourceKind.LOAD_BALANCER, arn, marks);
      if (key.isPresent()) {
        var capacity =
            reserved.contains(arn)
                ? Optional.of(balancing.capacityUnits(arn))
                : Optional.<Integer>empty();
        var attributes = balancing.loadBalancerAttributes(arn);
        var live = LoadBalancers.live(balancer, capacity, attributes, marks);
        present(key.get(), live, capacity.isPresent() ? READ_RESERVED : READ);
        listeners(arn, key.get().id());
      }
    }
  }

  /** The known ids of a kind. */
  private List<String> known(String mark) {
    return known.keySet().stream().filter(id -> id.contains(mark)).sorted().toList();
  }

  /** Tags that somebody changed must not take the place of what the log knows. */
  private <T> List<T> knownFirst(List<T> all, Function<T, String> id) {
    return all.stream()
        .sorted(Comparator.comparing(thing -> !known.containsKey(id.apply(thing))))
        .toList();
  }

  /** Which resource of the stack this is, unless it was seen already. */
  private Optional<ResourceKey> ours(ResourceKind kind, String id, Map<String, String> tags) {
    return Optional.ofNullable(known.get(id))
        .or(() -> Marks.resource(tags, clusters, stack))
        .map(resource -> new ResourceKey(stack, kind, resource))
        .filter(key -> !saw(key));
  }

  private void listeners(String loadBalancerArn, String loadBalancerId)
      throws CallFailed, Halted, InterruptedException {
    var all = balancing.listenersOf(loadBalancerArn);
    var tags = balancing.tags(all.stream().map(Listener::listenerArn).toList());
    for (var listener : all) {
      var arn = listener.listenerArn();
      var live =
          Listeners.live(
              listener,
              balancing.sniCertificates(arn),
              balancing.listenerAttributes(arn),
              tags.getOrDefault(arn, Map.of()));
      var key = new ResourceKey(stack, ResourceKind.LISTENER, id(loadBalancerId, live.spec()));
      present(key, live, READ_LISTENER);
      if (!isPlain(live.spec())) {
        rules(arn);
      }
    }
  }

  /**
   * The port, and on a load balancer in front what LBC writes before it (LBC 4.3), with the number
   * of the load balancer behind it.
   */
  private static String id(String loadBalancerId, ListenerSpec spec) {
    var balancer = ResourceIds.plain(loadBalancerId);
    var id =
        balancer.equals(LOAD_BALANCER_ID)
            ? Integer.toString(spec.port())
            : balancer + "-ls-" + spec.protocol() + "-" + spec.port();
    return ResourceIds.numbered(id, ResourceIds.successor(loadBalancerId));
  }

  /** A listener of a network load balancer has no rules. */
  private static boolean isPlain(ListenerSpec spec) {
    return !spec.protocol().startsWith("HTTP");
  }

  private void rules(String listenerArn) throws CallFailed, Halted, InterruptedException {
    var all =
        balancing.rulesOf(listenerArn).stream()
            .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()))
            .toList();
    var tags = balancing.tags(all.stream().map(Rule::ruleArn).toList());
    for (var rule : all) {
      var marks = tags.getOrDefault(rule.ruleArn(), Map.of());
      ListenerRules.live(rule, listenerArn, marks)
          .ifPresent(live -> seen.add(new ResourceFound(live, marks, READ_PLAIN)));
    }
  }

  private void present(ResourceKey key, Live live, List<Aspect> aspects) {
    seen.add(new ResourcePresent(key, live, aspects));
  }

  private void missing(ResourceKey key) {
    if (!saw(key)) {
      seen.add(new ResourceMissing(key));
    }
  }

  private boolean saw(ResourceKey key) {
    return seen.stream()
        .anyMatch(o -> o instanceof ResourcePresent(var other, _, _) && other.equals(key));
  }
}
