package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Rules, target groups and targets, as AWS promises them. */
@ParameterizedClass
@EnumSource(Face.class)
final class RuleContractTest extends CloudContract {
  RuleContractTest(Face face) {
    super(face);
  }

  @Test
  void rulesAreNotIdempotentAndPrioritiesSwapAtOnce() {
    var listener = listener(loadBalancer("web"), 80);
    var group = targetGroup("a");
    var first = rule(listener, 1, "/a", group);
    var second = rule(listener, 2, "/b", group);
    refused("PriorityInUse", 400, () -> rule(listener, 1, "/a", group));
    elb.setRulePriorities(r ->
        r.rulePriorities(p -> p.ruleArn(first).priority(2), p -> p.ruleArn(second).priority(1)));
    var rules = elb.describeRules(r -> r.listenerArn(listener)).rules();
    assertEquals(
        List.of("1", "2", "default"), rules.stream().map(rule -> rule.priority()).toList());
    assertEquals(second, rules.getFirst().ruleArn());
    refused(
        "PriorityInUse",
        400,
        () -> elb.setRulePriorities(r -> r.rulePriorities(p -> p.ruleArn(first).priority(1))));
    refused(
        "OperationNotPermitted",
        400,
        () -> elb.deleteRule(r -> r.ruleArn(rules.getLast().ruleArn())));
  }

  @Test
  void aTargetGroupServesOneLoadBalancerAndIsNotDeletedWhileUsed() {
    var group = targetGroup("a");
    var first = listener(loadBalancer("one"), 80);
    var second = listener(loadBalancer("two"), 80);
    var rule = rule(first, 1, "/a", group);
    refused("TargetGroupAssociationLimit", 400, () -> rule(second, 1, "/a", group));
    refused("ResourceInUse", 400, () -> elb.deleteTargetGroup(r -> r.targetGroupArn(group)));
    elb.deleteRule(r -> r.ruleArn(rule));
    refused("ResourceInUse", 400, () -> elb.deleteTargetGroup(r -> r.targetGroupArn(group)));
    clock.pass(Duration.ofSeconds(6));
    elb.deleteTargetGroup(r -> r.targetGroupArn(group));
    refused(
        "TargetGroupNotFound", 400, () -> elb.describeTargetGroups(r -> r.targetGroupArns(group)));
  }

  @Test
  void aForwardComesBackWithBothFormsAndARedirectWithAllItsParts() {
    var loadBalancer = loadBalancer("web");
    var group = targetGroup("a");
    var listener = listener(loadBalancer, 80);
    rule(listener, 1, "/a", group);
    var action =
        elb.describeRules(r -> r.listenerArn(listener)).rules().getFirst().actions().getFirst();
    assertEquals(group, action.targetGroupArn());
    assertEquals(1, action.forwardConfig().targetGroups().getFirst().weight());
    assertEquals(1, action.order());
    var redirect =
        elb.modifyListener(r ->
                r.listenerArn(listener)
                    .defaultActions(a ->
                        a.type("redirect")
                            .redirectConfig(
                                c -> c.protocol("HTTPS").port("443").statusCode("HTTP_301"))))
            .listeners()
            .getFirst()
            .defaultActions()
            .getFirst()
            .redirectConfig();
    assertEquals("#{host}", redirect.host());
    assertEquals("/#{path}", redirect.path());
    assertEquals("#{query}", redirect.query());
  }

  @Test
  void targetsGoFromUnusedOverInitialToHealthyAndDrain() {
    var group = targetGroup("a");
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20").port(8080)));
    assertEquals(TargetHealthStateEnum.UNUSED, health(group));
    var listener = listener(loadBalancer("web"), 80);
    rule(listener, 1, "/a", group);
    assertEquals(TargetHealthStateEnum.INITIAL, health(group));
    clock.pass(Duration.ofMinutes(3));
    assertEquals(TargetHealthStateEnum.HEALTHY, health(group));
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20").port(8080)));
    assertEquals(TargetHealthStateEnum.DRAINING, health(group));
    clock.pass(Duration.ofSeconds(301));
    assertTrue(
        elb.describeTargetHealth(r -> r.targetGroupArn(group))
            .targetHealthDescriptions()
            .isEmpty());
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.99")));
  }

  private TargetHealthStateEnum health(String group) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .getFirst()
        .targetHealth()
        .state();
  }

  @Test
  void targetsMustBelongWhereTheyAreRegistered() {
    var group = targetGroup("a");
    refused(
        "ValidationError",
        400,
        () -> elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("192.168.1.1"))));
    elb.registerTargets(
        r -> r.targetGroupArn(group).targets(t -> t.id("192.168.1.1").availabilityZone("all")));
    refused(
        "InvalidTarget",
        400,
        () -> elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("8.8.8.8"))));
  }

  @Test
  void targetsOfQuicGroupsKeepTheIdsOfTheirServersWhileTheyAreRegistered() {
    var group = quicGroup();
    var first = "0x0123456789abcdef";
    refused("ValidationError", 400, () -> register(group, "10.0.64.20", ""));
    refused("ValidationError", 400, () -> register(group, "10.0.64.20", "0x01"));
    refused("ValidationError", 400, () -> register(targetGroup("a"), "10.0.64.20", first));
    register(group, "10.0.64.20", first);
    register(group, "10.0.64.20", first);
    refused("ValidationError", 400, () -> register(group, "10.0.64.21", first));
    refused("ValidationError", 400, () -> register(group, "10.0.64.20", "0x00000000000000ff"));
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20")));
    register(group, "10.0.64.20", "0x00000000000000ff");
    var shown = elb.describeTargetHealth(r -> r.targetGroupArn(group)).targetHealthDescriptions();
    assertEquals("0x00000000000000ff", shown.getFirst().target().quicServerId());
  }

  private String quicGroup() {
    return elb.createTargetGroup(
            r -> r.name("quic").targetType("ip").protocol("QUIC").port(443).vpcId(SandboxWorld.VPC))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private void register(String group, String address, String serverId) {
    elb.registerTargets(r ->
        r.targetGroupArn(group)
            .targets(t -> t.id(address).quicServerId(serverId.isEmpty() ? null : serverId)));
  }
}
