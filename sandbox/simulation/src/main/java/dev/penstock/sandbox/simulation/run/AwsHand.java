package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.simulation.script.HandDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Does what a person does in AWS by hand, to what is ours there. */
final class AwsHand {
  private static final String STRANGER = "10.0.64.99";
  private static final String FOREIGN = "192.0.2.7";
  private static final int SSH = 22;

  private final PlayedWorld world;

  AwsHand(PlayedWorld world) {
    this.world = world;
  }

  void perform(HandDeed deed) {
    switch (deed) {
      case HandDeed.DeleteLoadBalancer(var at, var which) -> deleteBalancer(at, which);
      case HandDeed.DeleteListener(var at, var which) -> deleteListener(at, which);
      case HandDeed.EditListener(var at, var which) -> editListener(at, which);
      case HandDeed.DeleteRule(var at, var which) -> deleteRule(at, which);
      case HandDeed.EditRule(var at, var which) -> editRule(at, which);
      case HandDeed.AddRule(var at, var which, var priority) -> addRule(at, which, priority);
      case HandDeed.DeleteTargetGroup(var at, var which) -> deleteGroup(at, which);
      case HandDeed.EditHealthCheck(var at, var which) -> editHealthCheck(at, which);
      case HandDeed.DeregisterTarget(var at, var which) -> deregister(at, which);
      case HandDeed.RegisterStranger(var at, var which) -> registerStranger(at, which);
      case HandDeed.EditAttribute(var at, var which) -> editAttribute(at, which);
      case HandDeed.EditTag(var at, var which) -> editTag(at, which);
      case HandDeed.RevokePermission(var at, var which) -> revoke(at, which);
      case HandDeed.AuthorizePermission(var at, var which) -> authorize(at, which);
      case HandDeed.EditRecord(_, var which) -> one(records(), which, this::point);
      case HandDeed.DeleteRecord(_, var which) ->
          one(records(), which, set -> change(ChangeAction.DELETE, set));
      case HandDeed.ForeignRecord(_, var host) -> change(ChangeAction.CREATE, foreign(host));
      case HandDeed.RemoveForeignRecord(_, var host) -> change(ChangeAction.DELETE, foreign(host));
    }
  }

  private static <T> void one(List<T> among, int which, Consumer<T> action) {
    if (!among.isEmpty()) {
      action.accept(among.get(which % among.size()));
    }
  }

  private List<LoadBalancer> balancers(int cluster) {
    return world.elb(cluster).describeLoadBalancers().loadBalancers().stream()
        .filter(b -> isOurs(b.loadBalancerName()))
        .toList();
  }

  private List<Listener> listeners(int cluster) {
    return balancers(cluster).stream()
        .flatMap(b ->
            world
                .elb(cluster)
                .describeListeners(r -> r.loadBalancerArn(b.loadBalancerArn()))
                .listeners()
                .stream())
        .toList();
  }

  private List<Rule> rules(int cluster) {
    return listeners(cluster).stream()
        .flatMap(l ->
            world.elb(cluster).describeRules(r -> r.listenerArn(l.listenerArn())).rules().stream())
        .filter(rule -> !rule.isDefault())
        .toList();
  }

  private List<TargetGroup> groups(int cluster) {
    return world.elb(cluster).describeTargetGroups().targetGroups().stream()
        .filter(g -> isOurs(g.targetGroupName()))
        .toList();
  }

  private List<SecurityGroup> securityGroups(int cluster) {
    return world.ec2(cluster).describeSecurityGroups().securityGroups().stream()
        .filter(g -> isOurs(g.groupName()))
        .toList();
  }

  /** Aliases of ours; a name without its A record is made again. */
  private List<ResourceRecordSet> records() {
    return world
        .dns()
        .listResourceRecordSets(r -> r.hostedZoneId(SandboxWorld.ZONE_ID))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.aliasTarget() != null)
        .toList();
  }

  private static boolean isOurs(String name) {
    return name.startsWith("k8s-") && !name.contains(RivalHand.MARK);
  }

  private void deleteBalancer(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        balancers(cluster),
        which,
        b -> elb.deleteLoadBalancer(r -> r.loadBalancerArn(b.loadBalancerArn())));
  }

  private void deleteListener(int cluster, int which) {
    var elb = world.elb(cluster);
    one(listeners(cluster), which, l -> elb.deleteListener(r -> r.listenerArn(l.listenerArn())));
  }

  private void editListener(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        listeners(cluster),
        which,
        l -> elb.modifyListener(r -> r.listenerArn(l.listenerArn()).defaultActions(fixed("418"))));
  }

  private void deleteRule(int cluster, int which) {
    var elb = world.elb(cluster);
    one(rules(cluster), which, rule -> elb.deleteRule(r -> r.ruleArn(rule.ruleArn())));
  }

  private void editRule(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        rules(cluster),
        which,
        rule -> elb.modifyRule(r -> r.ruleArn(rule.ruleArn()).actions(fixed("418"))));
  }

  private void addRule(int cluster, int which, int priority) {
    var elb = world.elb(cluster);
    var theirs = RuleCondition.builder().field("path-pattern").values("/theirs").build();
    one(
        listeners(cluster),
        which,
        l ->
            elb.createRule(r ->
                r.listenerArn(l.listenerArn())
                    .priority(priority)
                    .conditions(theirs)
                    .actions(fixed("200"))));
  }

  private void deleteGroup(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        groups(cluster),
        which,
        g -> elb.deleteTargetGroup(r -> r.targetGroupArn(g.targetGroupArn())));
  }

  private void editHealthCheck(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        groups(cluster),
        which,
        g ->
            elb.modifyTargetGroup(
                r -> r.targetGroupArn(g.targetGroupArn()).healthCheckPath("/wrong")));
  }

  private void deregister(int cluster, int which) {
    var elb = world.elb(cluster);
    one(
        groups(cluster),
        which,
        g ->
            one(
                elb.describeTargetHealth(r -> r.targetGroupArn(g.targetGroupArn()))
                    .targetHealthDescriptions(),
                which,
                t ->
                    elb.deregisterTargets(
                        r -> r.targetGroupArn(g.targetGroupArn()).targets(t.target()))));
  }

  private void registerStranger(int cluster, int which) {
    var elb = world.elb(cluster);
    var stranger = TargetDescription.builder().id(STRANGER).port(80).build();
    one(
        groups(cluster),
        which,
        g -> elb.registerTargets(r -> r.targetGroupArn(g.targetGroupArn()).targets(stranger)));
  }

  private void editAttribute(int cluster, int which) {
    var elb = world.elb(cluster);
    var attribute =
        LoadBalancerAttribute.builder().key("idle_timeout.timeout_seconds").value("99").build();
    one(
        balancers(cluster),
        which,
        b ->
            elb.modifyLoadBalancerAttributes(
                r -> r.loadBalancerArn(b.loadBalancerArn()).attributes(attribute)));
  }

  private void editTag(int cluster, int which) {
    var elb = world.elb(cluster);
    var wrong = Tag.builder().key("team").value("wrong").build();
    one(
        balancers(cluster),
        which,
        b -> elb.addTags(r -> r.resourceArns(b.loadBalancerArn()).tags(wrong)));
  }

  private void revoke(int cluster, int which) {
    var ec2 = world.ec2(cluster);
    one(
        securityGroups(cluster),
        which,
        g ->
            g.ipPermissions().stream()
                .findFirst()
                .ifPresent(first ->
                    ec2.revokeSecurityGroupIngress(
                        r -> r.groupId(g.groupId()).ipPermissions(first))));
  }

  private void authorize(int cluster, int which) {
    var ec2 = world.ec2(cluster);
    one(
        securityGroups(cluster),
        which,
        g ->
            ec2.authorizeSecurityGroupIngress(r ->
                r.groupId(g.groupId())
                    .ipProtocol("tcp")
                    .fromPort(SSH)
                    .toPort(SSH)
                    .cidrIp("0.0.0.0/0")));
  }

  private void point(ResourceRecordSet alias) {
    change(
        ChangeAction.UPSERT,
        ResourceRecordSet.builder()
            .name(alias.name())
            .type(alias.type())
            .aliasTarget(alias.aliasTarget().toBuilder().evaluateTargetHealth(false).build())
            .build());
  }

  private static ResourceRecordSet foreign(int host) {
    return ResourceRecordSet.builder()
        .name(ScriptFleet.host(host) + ".")
        .type("A")
        .ttl(60L)
        .resourceRecords(ResourceRecord.builder().value(FOREIGN).build())
        .build();
  }

  private void change(ChangeAction action, ResourceRecordSet set) {
    world
        .dns()
        .changeResourceRecordSets(r ->
            r.hostedZoneId(SandboxWorld.ZONE_ID)
                .changeBatch(b ->
                    b.changes(Change.builder().action(action).resourceRecordSet(set).build())));
  }

  private static Action fixed(String code) {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(c -> c.statusCode(code))
        .build();
  }
}
