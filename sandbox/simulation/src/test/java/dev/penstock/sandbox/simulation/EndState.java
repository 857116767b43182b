package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Everything that AWS holds of a stage, without what AWS itself numbers: two ways to the same end
 * look alike.
 */
final class EndState {
  /** Ids, the number in a DNS name, and a list that was given empty or not at all. */
  private static final String CHANCE = "[0-9a-f]{16,}|-\\d{6,}(?=\\.)|, \\w+=\\[]";

  private final Stage stage;
  private final Map<String, String> groups = new LinkedHashMap<>();
  private final SortedMap<String, String> lines = new TreeMap<>();

  private EndState(Stage stage) {
    this.stage = stage;
  }

  static SortedMap<String, String> of(Stage stage) {
    var end = new EndState(stage);
    end.securityGroups();
    stage.loadBalancers().forEach(end::loadBalancer);
    stage.targetGroups().forEach(end::targetGroup);
    stage.records().forEach((name, set) -> end.line("record " + name, set));
    return end.lines;
  }

  /** Fails with what differs alone. */
  static void requireSame(SortedMap<String, String> wanted, SortedMap<String, String> found) {
    var missing = new TreeMap<>(wanted);
    missing.entrySet().removeAll(found.entrySet());
    var more = new TreeMap<>(found);
    more.entrySet().removeAll(wanted.entrySet());
    assertEquals(missing, more);
  }

  private void securityGroups() {
    var all = stage.ec2.describeSecurityGroups().securityGroups();
    all.forEach(group -> groups.put(group.groupId(), group.groupName()));
    all.forEach(group ->
        line(
            "security group " + group.groupName(),
            sorted(group.ipPermissions()),
            sorted(group.tags())));
  }

  private void loadBalancer(LoadBalancer balancer) {
    var arn = balancer.loadBalancerArn();
    var name = balancer.loadBalancerName();
    line(
        "load balancer " + name,
        balancer.state().codeAsString(),
        balancer.schemeAsString(),
        balancer.ipAddressTypeAsString(),
        sorted(balancer.availabilityZones()),
        sorted(balancer.securityGroups().stream().map(groups::get).toList()));
    line(
        "attributes of " + name,
        sorted(stage.elb.describeLoadBalancerAttributes(r -> r.loadBalancerArn(arn)).attributes()));
    line("tags of " + name, tags(arn));
    for (var listener : stage.elb.describeListeners(r -> r.loadBalancerArn(arn)).listeners()) {
      line("listener " + name + ":" + listener.port(), listener, tags(listener.listenerArn()));
      for (var rule : stage.elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules()) {
        var place = name + ":" + listener.port() + " " + rule.priority();
        line("rule " + place, rule, rule.isDefault() ? "" : tags(rule.ruleArn()));
      }
    }
  }

  /** Its targets by their states: pods come and go. */
  private void targetGroup(TargetGroup group) {
    var states = new TreeMap<String, Integer>();
    stage
        .targets(group.targetGroupArn())
        .forEach(target -> states.merge(target.targetHealth().stateAsString(), 1, Integer::sum));
    line(
        "target group " + group.targetGroupName(),
        group,
        sorted(
            stage
                .elb
                .describeTargetGroupAttributes(r -> r.targetGroupArn(group.targetGroupArn()))
                .attributes()),
        states,
        tags(group.targetGroupArn()));
  }

  private List<String> tags(String arn) {
    return sorted(
        stage.elb.describeTags(r -> r.resourceArns(arn)).tagDescriptions().getFirst().tags());
  }

  private static List<String> sorted(Collection<?> values) {
    return values.stream().map(String::valueOf).sorted().toList();
  }

  private void line(String name, Object... words) {
    var text = List.of(words).toString();
    for (var group : groups.entrySet()) {
      text = text.replace(group.getKey(), group.getValue());
    }
    var before = lines.put(name, text.replaceAll(CHANCE, ""));
    if (before != null) {
      throw new IllegalStateException("there are two of " + name);
    }
  }
}
