package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.script.RivalDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Stands in for the other controller: makes, names and tags things as LBC does. */
final class RivalHand {
  /** A part of the names of all that it makes. */
  static final String MARK = "rival";

  private static final Duration RENEWAL = Duration.ofMinutes(10);
  private static final int WEB = 80;

  private final PlayedWorld world;
  private final Map<Integer, Integer> present = new TreeMap<>();

  RivalHand(PlayedWorld world) {
    this.world = world;
  }

  void perform(RivalDeed deed) {
    switch (deed) {
      case RivalDeed.RivalArrives(var cluster) -> arrive(cluster);
      case RivalDeed.RivalRegisters(var cluster, var app) -> register(cluster, app);
      case RivalDeed.RivalOpensPort(var cluster, var port) -> open(cluster, port);
      case RivalDeed.RivalLeaves(var cluster) -> leave(cluster);
    }
  }

  private void arrive(int cluster) {
    if (balancer(cluster).isPresent()) {
      return;
    }
    renew(cluster, present.merge(cluster, 1, Integer::sum));
    var front = securityGroup(cluster, "front");
    var elb = world.elb(cluster);
    var name = name(cluster);
    var balancer =
        elb.createLoadBalancer(r ->
                r.name(name)
                    .subnets("subnet-public-a", "subnet-public-b")
                    .securityGroups(front)
                    .tags(tags(cluster)))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    var group =
        elb.createTargetGroup(r ->
                r.name(name)
                    .protocol(ProtocolEnum.HTTP)
                    .port(WEB)
                    .vpcId(SandboxWorld.VPC)
                    .targetType(TargetTypeEnum.IP)
                    .tags(tags(cluster)))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.createListener(r ->
        r.loadBalancerArn(balancer)
            .protocol(ProtocolEnum.HTTP)
            .port(WEB)
            .tags(tags(cluster))
            .defaultActions(
                Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build()));
    securityGroup(cluster, "back");
    open(cluster, WEB);
  }

  private void register(int cluster, int app) {
    var pods =
        world.kubectl(cluster).all(Kinds.POD, ScriptFleet.namespace(app)).stream()
            .filter(p -> Tree.text(p, "metadata", "labels", "app").equals(ScriptFleet.app(app)))
            .map(p -> Tree.text(p, "status", "podIP"))
            .filter(address -> !address.isEmpty())
            .map(address -> TargetDescription.builder().id(address).port(WEB).build())
            .toList();
    for (var group : group(cluster).stream().toList()) {
      if (!pods.isEmpty()) {
        world
            .elb(cluster)
            .registerTargets(r -> r.targetGroupArn(group.targetGroupArn()).targets(pods));
      }
    }
  }

  private void open(int cluster, int port) {
    for (var back : securityGroup(name(cluster) + "-back", cluster).stream().toList()) {
      world
          .ec2(cluster)
          .authorizeSecurityGroupIngress(
              r -> r.groupId(nodes(cluster)).ipPermissions(permission(back.groupId(), port)));
    }
  }

  private void leave(int cluster) {
    present.remove(cluster);
    var elb = world.elb(cluster);
    balancer(cluster)
        .ifPresent(b -> elb.deleteLoadBalancer(r -> r.loadBalancerArn(b.loadBalancerArn())));
    for (var back : securityGroup(name(cluster) + "-back", cluster).stream().toList()) {
      close(cluster, back);
    }
    world.later(Duration.ofMinutes(2), () -> leaveRest(cluster));
  }

  /** A target group and the security groups go when nothing uses them any more. */
  private void leaveRest(int cluster) {
    if (balancer(cluster).isPresent()) {
      return;
    }
    group(cluster)
        .ifPresent(
            g -> world.elb(cluster).deleteTargetGroup(r -> r.targetGroupArn(g.targetGroupArn())));
    for (var part : List.of("-front", "-back")) {
      securityGroup(name(cluster) + part, cluster)
          .ifPresent(g -> world.ec2(cluster).deleteSecurityGroup(r -> r.groupId(g.groupId())));
    }
  }

  private void close(int cluster, SecurityGroup back) {
    var ec2 = world.ec2(cluster);
    var nodes = ec2.describeSecurityGroups(r -> r.groupIds(nodes(cluster))).securityGroups();
    for (var open : nodes.getFirst().ipPermissions()) {
      if (open.userIdGroupPairs().stream().anyMatch(p -> p.groupId().equals(back.groupId()))) {
        ec2.revokeSecurityGroupIngress(r ->
            r.groupId(nodes(cluster)).ipPermissions(permission(back.groupId(), open.fromPort())));
      }
    }
  }

  /** Its Lease, again and again while it is there. */
  private void renew(int cluster, int visit) {
    if (present.getOrDefault(cluster, 0) != visit) {
      return;
    }
    world
        .kubectl(cluster)
        .apply(
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: aws-load-balancer-controller-leader, namespace: kube-system}
            spec: {holderIdentity: rival, leaseDurationSeconds: 15, renewTime: '%s'}
            """
                .formatted(world.pipeline().now()));
    world.later(RENEWAL, () -> renew(cluster, visit));
  }

  private String securityGroup(int cluster, String part) {
    var name = name(cluster) + "-" + part;
    var found = securityGroup(name, cluster);
    return found.isPresent()
        ? found.get().groupId()
        : world
            .ec2(cluster)
            .createSecurityGroup(r ->
                r.groupName(name)
                    .description("[k8s] Managed SecurityGroup for LoadBalancer")
                    .vpcId(SandboxWorld.VPC))
            .groupId();
  }

  private Optional<SecurityGroup> securityGroup(String name, int cluster) {
    return world.ec2(cluster).describeSecurityGroups().securityGroups().stream()
        .filter(g -> g.groupName().equals(name))
        .findFirst();
  }

  private Optional<LoadBalancer> balancer(int cluster) {
    return world.elb(cluster).describeLoadBalancers().loadBalancers().stream()
        .filter(b -> b.loadBalancerName().equals(name(cluster)))
        .findFirst();
  }

  private Optional<TargetGroup> group(int cluster) {
    return world.elb(cluster).describeTargetGroups().targetGroups().stream()
        .filter(g -> g.targetGroupName().equals(name(cluster)))
        .findFirst();
  }

  private String nodes(int cluster) {
    return SandboxWorld.share(world.fleet().cluster(cluster), cluster - 1).nodeGroup();
  }

  private static IpPermission permission(String source, int port) {
    var pair =
        UserIdGroupPair.builder()
            .groupId(source)
            .description("elbv2.k8s.aws/targetGroupBinding=shared")
            .build();
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .userIdGroupPairs(pair)
        .build();
  }

  private static String name(int cluster) {
    return "k8s-" + MARK + "-" + cluster;
  }

  /** Those of a cluster whose name looks like ours, with the stack of an Ingress that we have. */
  private List<Tag> tags(int cluster) {
    return List.of(
        tag("elbv2.k8s.aws/cluster", world.fleet().cluster(cluster) + "-" + MARK),
        tag("ingress.k8s.aws/stack", "default/app-1"),
        tag("ingress.k8s.aws/resource", "LoadBalancer"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
