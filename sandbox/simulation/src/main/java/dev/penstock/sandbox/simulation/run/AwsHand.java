package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.simulation.script.HandDeed;
import dev.penstock.sandbox.simulation.script.Shape;
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

  private final Scene scene;

  AwsHand(Scene scene) {
    this.scene = scene;
  }

  void perform(HandDeed deed) {
    switch (deed) {
      case HandDeed.DeleteLoadBalancer(var cluster, var which) ->
          one(
              balancers(cluster),
              which,
              b ->
                  scene
                      .elb(cluster)
                      .deleteLoadBalancer(r -> r.loadBalancerArn(b.loadBalancerArn())));
      case HandDeed.DeleteListener(var cluster, var which) ->
          one(
              listeners(cluster),
              which,
              l -> scene.elb(cluster).deleteListener(r -> r.listenerArn(l.listenerArn())));
      case HandDeed.EditListener(var cluster, var which) ->
          one(
              listeners(cluster),
              which,
              l ->
                  scene
                      .elb(cluster)
                      .modifyListener(
                          r -> r.listenerArn(l.listenerArn()).defaultActions(fixed("418"))));
      case HandDeed.DeleteRule(var cluster, var which) ->
          one(
              rules(cluster),
              which,
              rule -> scene.elb(cluster).deleteRule(r -> r.ruleArn(rule.ruleArn())));
      case HandDeed.EditRule(var cluster, var which) ->
          one(
              rules(cluster),
              which,
              rule ->
                  scene
                      .elb(cluster)
                      .modifyRule(r -> r.ruleArn(rule.ruleArn()).actions(fixed("418"))));
      case HandDeed.AddRule(var cluster, var which, var priority) ->
          one(listeners(cluster), which, l -> addRule(cluster, l, priority));
      case HandDeed.DeleteTargetGroup(var cluster, var which) ->
          one(
              groups(cluster),
              which,
              g -> scene.elb(cluster).deleteTargetGroup(r -> r.targetGroupArn(g.targetGroupArn())));
      case HandDeed.EditHealthCheck(var cluster, var which) ->
          one(
              groups(cluster),
              which,
              g ->
                  scene
                      .elb(cluster)
                      .modifyTargetGroup(
                          r -> r.targetGroupArn(g.targetGroupArn()).healthCheckPath("/wrong")));
      case HandDeed.DeregisterTarget(var cluster, var which) ->
          one(groups(cluster), which, g -> deregister(cluster, g, which));
      case HandDeed.RegisterStranger(var cluster, var which) ->
          one(
              groups(cluster),
              which,
              g ->
                  scene
                      .elb(cluster)
                      .registerTargets(
                          r -> r.targetGroupArn(g.targetGroupArn()).targets(target(STRANGER, 80))));
      case HandDeed.EditAttribute(var cluster, var which) ->
          one(balancers(cluster), which, b -> editAttribute(cluster, b));
      case HandDeed.EditTag(var cluster, var which) ->
          one(
              balancers(cluster),
              which,
              b ->
                  scene
                      .elb(cluster)
                      .addTags(
                          r -> r.resourceArns(b.loadBalancerArn()).tags(tag("team", "wrong"))));
      case HandDeed.RevokePermission(var cluster, var which) ->
          one(securityGroups(cluster), which, g -> revoke(cluster, g));
      case HandDeed.AuthorizePermission(var cluster, var which) ->
          one(
              securityGroups(cluster),
              which,
              g ->
                  scene
                      .ec2(cluster)
                      .authorizeSecurityGroupIngress(r ->
                          r.groupId(g.groupId())
                              .ipProtocol("tcp")
                              .fromPort(SSH)
                              .toPort(SSH)
                              .cidrIp("0.0.0.0/0")));
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
    return scene.elb(cluster).describeLoadBalancers().loadBalancers().stream()
        .filter(b -> isOurs(b.loadBalancerName()))
        .toList();
  }

  private List<Listener> listeners(int cluster) {
    return balancers(cluster).stream()
        .flatMap(b ->
            scene
                .elb(cluster)
                .describeListeners(r -> r.loadBalancerArn(b.loadBalancerArn()))
                .listeners()
                .stream())
        .toList();
  }

  private List<Rule> rules(int cluster) {
    return listeners(cluster).stream()
        .flatMap(l ->
            scene.elb(cluster).describeRules(r -> r.listenerArn(l.listenerArn())).rules().stream())
        .filter(rule -> !rule.isDefault())
        .toList();
  }

  private List<TargetGroup> groups(int cluster) {
    return scene.elb(cluster).describeTargetGroups().targetGroups().stream()
        .filter(g -> isOurs(g.targetGroupName()))
        .toList();
  }

  private List<SecurityGroup> securityGroups(int cluster) {
    return scene.ec2(cluster).describeSecurityGroups().securityGroups().stream()
        .filter(g -> isOurs(g.groupName()))
        .toList();
  }

  /** Aliases of ours; a name without its A record is made again. */
  private List<ResourceRecordSet> records() {
    return scene
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

  private void addRule(int cluster, Listener listener, int priority) {
    scene
        .elb(cluster)
        .createRule(r ->
            r.listenerArn(listener.listenerArn())
                .priority(priority)
                .conditions(RuleCondition.builder().field("path-pattern").values("/theirs").build())
                .actions(fixed("200")));
  }

  private void deregister(int cluster, TargetGroup group, int which) {
    var elb = scene.elb(cluster);
    var targets =
        elb.describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
            .targetHealthDescriptions();
    one(
        targets,
        which,
        t ->
            elb.deregisterTargets(
                r -> r.targetGroupArn(group.targetGroupArn()).targets(t.target())));
  }

  private void editAttribute(int cluster, LoadBalancer balancer) {
    var attribute =
        LoadBalancerAttribute.builder().key("idle_timeout.timeout_seconds").value("99").build();
    scene
        .elb(cluster)
        .modifyLoadBalancerAttributes(
            r -> r.loadBalancerArn(balancer.loadBalancerArn()).attributes(attribute));
  }

  private void revoke(int cluster, SecurityGroup group) {
    if (!group.ipPermissions().isEmpty()) {
      scene
          .ec2(cluster)
          .revokeSecurityGroupIngress(
              r -> r.groupId(group.groupId()).ipPermissions(group.ipPermissions().getFirst()));
    }
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
        .name(Shape.host(host) + ".")
        .type("A")
        .ttl(60L)
        .resourceRecords(ResourceRecord.builder().value(FOREIGN).build())
        .build();
  }

  private void change(ChangeAction action, ResourceRecordSet set) {
    scene
        .dns()
        .changeResourceRecordSets(r ->
            r.hostedZoneId(SandboxWorld.ZONE_ID)
                .changeBatch(b ->
                    b.changes(Change.builder().action(action).resourceRecordSet(set).build())));
  }

  private static TargetDescription target(String address, int port) {
    return TargetDescription.builder().id(address).port(port).build();
  }

  private static Action fixed(String code) {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(c -> c.statusCode(code))
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
