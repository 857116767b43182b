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
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Observation.ResourceFound;
import dev.penstock.schemas.event.Observation.ResourceMissing;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Everything of one stack, found by its tags, with all its aspects. Rules have no key that AWS
 * knows: they are reported as found. The load balancer and the managed security group, whose ids
 * are fixed (LBC 4.3), are reported missing when no tag names them.
 */
final class StackReader {
  private static final List<Aspect> READ = List.of(Aspect.CORE, Aspect.ATTRIBUTES, Aspect.TAGS);
  private static final List<Aspect> READ_LISTENER =
      List.of(Aspect.CORE, Aspect.CERTIFICATES, Aspect.ATTRIBUTES, Aspect.TAGS);
  private static final List<Aspect> READ_PLAIN = List.of(Aspect.CORE, Aspect.TAGS);

  private final Balancing balancing;
  private final Groups groups;
  private final String cluster;
  private final StackId stack;
  private final List<Observation> seen = new ArrayList<>();

  StackReader(Calls calls, String cluster, StackId stack) {
    this.balancing = new Balancing(calls);
    this.groups = new Groups(calls);
    this.cluster = cluster;
    this.stack = stack;
  }

  List<Observation> read() throws CallFailed, Halted, InterruptedException {
    for (var group : groups.by("tag:" + Marks.CLUSTER, List.of(cluster))) {
      var live = SecurityGroups.live(group);
      Marks.resource(live.spec().tags(), cluster, stack)
          .ifPresent(id -> present(ResourceKind.SECURITY_GROUP, id, live, READ_PLAIN));
    }
    targetGroups();
    loadBalancers();
    if (stack.kind() == StackKind.INGRESS || stack.kind() == StackKind.SERVICE) {
      missing(new ResourceKey(stack, ResourceKind.LOAD_BALANCER, "LoadBalancer"));
      missing(new ResourceKey(stack, ResourceKind.SECURITY_GROUP, "ManagedLBSecurityGroup"));
    }
    return seen;
  }

  private void targetGroups() throws CallFailed, Halted, InterruptedException {
    var all = balancing.targetGroups();
    var tags = balancing.tags(all.stream().map(TargetGroup::targetGroupArn).toList());
    for (var group : all) {
      var arn = group.targetGroupArn();
      var marks = tags.getOrDefault(arn, Map.of());
      var id = Marks.resource(marks, cluster, stack);
      if (id.isPresent()) {
        var live = TargetGroups.live(group, balancing.targetGroupAttributes(arn), marks);
        present(ResourceKind.TARGET_GROUP, id.get(), live, READ);
      }
    }
  }

  private void loadBalancers() throws CallFailed, Halted, InterruptedException {
    var all = balancing.loadBalancers();
    var tags = balancing.tags(all.stream().map(LoadBalancer::loadBalancerArn).toList());
    for (var balancer : all) {
      var arn = balancer.loadBalancerArn();
      var marks = tags.getOrDefault(arn, Map.of());
      var id = Marks.resource(marks, cluster, stack);
      if (id.isPresent()) {
        var live = LoadBalancers.live(balancer, balancing.loadBalancerAttributes(arn), marks);
        present(ResourceKind.LOAD_BALANCER, id.get(), live, READ);
        listeners(arn, number(id.get()));
      }
    }
  }

  /** A successor (design §7) has its number behind its id, and so have its listeners. */
  private static String number(String id) {
    var sign = id.lastIndexOf('@');
    return sign < 0 ? "" : id.substring(sign);
  }

  private void listeners(String loadBalancerArn, String number)
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
      present(ResourceKind.LISTENER, live.spec().port() + number, live, READ_LISTENER);
      rules(arn);
    }
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

  private void present(ResourceKind kind, String id, Live live, List<Aspect> aspects) {
    seen.add(new ResourcePresent(new ResourceKey(stack, kind, id), live, aspects));
  }

  private void missing(ResourceKey key) {
    var there =
        seen.stream()
            .anyMatch(o -> o instanceof ResourcePresent(var other, _, _) && other.equals(key));
    if (!there) {
      seen.add(new ResourceMissing(key));
    }
  }
}
