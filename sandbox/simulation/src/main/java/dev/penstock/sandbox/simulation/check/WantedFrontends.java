package dev.penstock.sandbox.simulation.check;

import dev.penstock.sandbox.aws.engine.Rows.LoadBalancerRow;
import dev.penstock.sandbox.aws.engine.Rows.TargetGroupRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The network load balancer in front of a group's own: whether there is one, where its ports lead,
 * and whether it is among the addresses. Judged where all members can be carried out and agree.
 */
final class WantedFrontends {
  private static final String ENABLE = "enable-frontend-nlb";
  private static final String PORTS = "frontend-nlb-listener-port-mapping";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  /** What may be impossible, so that there is none in front. */
  private static final List<String> CHOSEN =
      List.of(
          "frontend-nlb-subnets", "frontend-nlb-security-groups", "frontend-nlb-eip-allocations");

  private final Estate estate;
  private final LoadBalancerRow behind;
  private final List<Member> members;
  private final List<String> differences;

  WantedFrontends(
      Estate estate, LoadBalancerRow behind, List<Member> members, List<String> differences) {
    this.estate = estate;
    this.behind = behind;
    this.members = members;
    this.differences = differences;
  }

  void compare(List<LoadBalancerRow> fronts) {
    if (members.stream().anyMatch(m -> m.problem().isPresent()) || !agree()) {
      return;
    }
    var asked =
        members.stream().flatMap(m -> m.annotation(ENABLE).stream()).anyMatch(TRUE::contains);
    var choice = CHOSEN.stream().anyMatch(key -> says(key));
    if (asked && choice && fronts.isEmpty()) {
      return;
    }
    if (fronts.size() != (asked ? 1 : 0)) {
      differences.add(behind.arn() + " has " + fronts.size() + " load balancers in front");
    } else if (asked) {
      ports(fronts.getFirst());
      members.forEach(member -> address(fronts.getFirst(), member));
    }
  }

  private boolean agree() {
    return members.stream()
            .flatMap(m -> m.annotation(ENABLE).stream())
            .map(TRUE::contains)
            .distinct()
            .count()
        <= 1;
  }

  private boolean says(String key) {
    return members.stream().anyMatch(m -> m.annotation(key).isPresent());
  }

  private void ports(LoadBalancerRow front) {
    var wanted = new TreeMap<Integer, Set<Integer>>();
    for (var member : members) {
      wantedBy(member)
          .forEach(
              (port, target) -> wanted.computeIfAbsent(port, _ -> new TreeSet<>()).add(target));
    }
    var groups = new ArrayList<String>();
    for (var listener : estate.listeners().in(front.arn())) {
      var targets = wanted.remove(listener.model().port());
      if (targets == null) {
        differences.add("nobody asks for " + listener.arn());
        continue;
      }
      var group = Traffic.groups(listener.model().defaultActions().getLast());
      groups.addAll(group);
      if (group.stream().noneMatch(arn -> leads(arn, targets))) {
        differences.add(listener.arn() + " leads to " + group + ", wanted is " + targets);
      }
    }
    wanted.keySet().forEach(port -> differences.add(front.arn() + " lacks port " + port));
    estate.targetGroups().all().stream()
        .filter(group -> isFront(group) && !groups.contains(group.arn()))
        .forEach(group -> differences.add("nothing leads to " + group.arn()));
  }

  private TreeMap<Integer, Integer> wantedBy(Member member) {
    var ports = new TreeMap<Integer, Integer>();
    var mapping = member.annotation(PORTS);
    if (mapping.isEmpty()) {
      member.ports().keySet().forEach(port -> ports.put(port, port));
      return ports;
    }
    for (var pair : mapping.get().split(",")) {
      var sides = pair.split("=");
      var target = Integer.valueOf(sides[1].strip());
      if (member.ports().containsKey(target)) {
        ports.put(Integer.valueOf(sides[0].strip()), target);
      }
    }
    return ports;
  }

  private boolean leads(String groupArn, Set<Integer> ports) {
    var targets = estate.registered(groupArn);
    return targets.size() == 1
        && targets.getFirst().model().id().equals(behind.arn())
        && ports.contains(targets.getFirst().model().port());
  }

  private boolean isFront(TargetGroupRow group) {
    return group.model().targetTypeAsString().equals("alb")
        && estate.stackOf(group.arn()).equals(estate.stackOf(behind.arn()))
        && estate.clusterOf(group.arn()).equals(estate.clusterOf(behind.arn()));
  }

  private void address(LoadBalancerRow front, Member member) {
    var address = member.object().at("/status/loadBalancer/ingress/1/hostname").asText();
    if (!address.equals(front.model().dnsName().toLowerCase(Locale.ROOT))) {
      differences.add(
          member + " has the second address '" + address + "', not " + front.model().dnsName());
    }
  }
}
