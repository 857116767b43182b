package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** What somebody changes in AWS by hand is put right by one call, and nothing else is touched. */
class DriftTest {
  @Test
  void aDeletedRuleIsMadeAgain() throws Exception {
    var stage = Stage.withNginx();
    var rule = stage.rules(443).getFirst();
    stage.elb.deleteRule(r -> r.ruleArn(rule.ruleArn()));
    var mark = stage.mark();

    stage.until("the rule is back", () -> stage.rules(443).size() == 2 && stage.idle());

    assertEquals(rule.actions(), stage.rules(443).getFirst().actions());
    assertEquals(Map.of("CreateRule", 1L), stage.writes(mark));
  }

  @Test
  void aDeregisteredTargetIsRegisteredAgain() throws Exception {
    var stage = Stage.withNginx();
    var group = stage.targetGroups().getFirst().targetGroupArn();
    var target = stage.targets(group).getFirst().target();
    stage.elb.deregisterTargets(r ->
        r.targetGroupArn(group)
            .targets(TargetDescription.builder().id(target.id()).port(target.port()).build()));
    var mark = stage.mark();

    stage.until("three are healthy", () -> stage.healthy().size() == 3 && stage.idle());

    assertEquals(Map.of("RegisterTargets", 1L), stage.writes(mark));
  }

  @Test
  void aChangedHealthCheckIsChangedBack() throws Exception {
    var stage = Stage.withNginx();
    var group = stage.targetGroups().getFirst().targetGroupArn();
    stage.elb.modifyTargetGroup(r -> r.targetGroupArn(group).healthCheckPath("/wrong"));
    var mark = stage.mark();

    stage.until(
        "the path is back", () -> stage.targetGroups().getFirst().healthCheckPath().equals("/"));
    stage.until("quiet", stage::idle);
    assertEquals(Map.of("ModifyTargetGroup", 1L), stage.writes(mark));
  }

  @Test
  void anAttributeThatNobodyAskedForStaysAsItWasSet() throws Exception {
    var stage = Stage.withNginx();
    var group = stage.targetGroups().getFirst().targetGroupArn();
    stage.elb.modifyTargetGroupAttributes(r ->
        r.targetGroupArn(group)
            .attributes(
                TargetGroupAttribute.builder()
                    .key("deregistration_delay.timeout_seconds")
                    .value("7")
                    .build()));
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(70));

    assertEquals(Map.of(), stage.writes(mark));
  }

  @Test
  void aDeletedLoadBalancerIsMadeAgainWithAllThatStoodOnIt() throws Exception {
    var stage = Stage.withNginx();
    var lost = stage.loadBalancers().getFirst();
    stage.elb.deleteLoadBalancer(r -> r.loadBalancerArn(lost.loadBalancerArn()));

    stage.until(
        "another serves",
        () ->
            stage.loadBalancers().size() == 1
                && stage.listeners().size() == 2
                && stage.rules(443).size() == 2
                && stage
                    .address("default", "nginx-ingress")
                    .equals(stage.loadBalancers().getFirst().dnsName().toLowerCase())
                && stage
                    .records()
                    .get("nginx.example.com. A")
                    .aliasTarget()
                    .dnsName()
                    .contains(stage.loadBalancers().getFirst().dnsName().toLowerCase()));
  }
}
