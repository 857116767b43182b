package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.TargetProbe.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Target health on a virtual clock: every change of state at its documented moment. */
final class HealthTest {
  private final TickingClock clock = new TickingClock();
  private final List<Instant> checks = new ArrayList<>();
  private Reply reply = new Reply.Http(200);
  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("demo"),
          Settings.easy(),
          check -> {
            checks.add(check.at());
            return reply;
          },
          clock,
          1);
  private final ElasticLoadBalancingV2Client elb =
      aws.client(
          ElasticLoadBalancingV2Client.class,
          Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test"));
  private String group = "";

  @BeforeEach
  void serve() {
    group =
        elb.createTargetGroup(r ->
                r.name("tg")
                    .protocol("HTTP")
                    .port(80)
                    .vpcId(SandboxWorld.VPC)
                    .targetType("ip")
                    .healthCheckIntervalSeconds(10)
                    .healthyThresholdCount(3)
                    .unhealthyThresholdCount(2))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    var loadBalancer =
        elb.createLoadBalancer(r -> r.name("lb").subnets("subnet-public-a", "subnet-public-b"))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    elb.createListener(r ->
        r.loadBalancerArn(loadBalancer)
            .protocol("HTTP")
            .port(80)
            .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20")));
  }

  private String health() {
    var health =
        elb.describeTargetHealth(r -> r.targetGroupArn(group))
            .targetHealthDescriptions()
            .getFirst()
            .targetHealth();
    var reason = health.reasonAsString();
    return health.stateAsString() + (reason == null ? "" : " " + reason);
  }

  @Test
  void oneGoodCheckMakesANewTargetHealthy() {
    assertEquals("healthy", health());
    assertEquals(1, checks.size());
  }

  @Test
  void twoBadChecksMakeItUnhealthyAndThreeGoodOnesHealthyAgain() {
    assertEquals("healthy", health());
    reply = new Reply.Http(500);
    clock.pass(Duration.ofSeconds(10));
    assertEquals("healthy", health());
    clock.pass(Duration.ofSeconds(10));
    assertEquals("unhealthy Target.ResponseCodeMismatch", health());
    reply = new Reply.Http(200);
    clock.pass(Duration.ofSeconds(20));
    assertEquals("unhealthy Target.ResponseCodeMismatch", health());
    clock.pass(Duration.ofSeconds(10));
    assertEquals("healthy", health());
  }

  @Test
  void checksHappenAtFixedMomentsWhoeverAsksWhen() {
    health();
    clock.pass(Duration.ofSeconds(25));
    health();
    health();
    clock.pass(Duration.ofSeconds(5));
    health();
    var start = checks.getFirst();
    assertEquals(
        List.of(start, start.plusSeconds(10), start.plusSeconds(20), start.plusSeconds(30)),
        checks);
  }

  @Test
  void aLongSilenceDoesNotMeanThousandsOfChecks() {
    health();
    clock.pass(Duration.ofDays(3));
    aws.advance();
    assertTrue(checks.size() < 40, "checks: " + checks.size());
  }

  @Test
  void eachFaultHasItsReason() {
    reply = new Reply.TimedOut();
    clock.pass(Duration.ofSeconds(10));
    assertEquals("unhealthy Target.Timeout", health());
    reply = new Reply.ConnectionRefused();
    clock.pass(Duration.ofSeconds(10));
    assertEquals("unhealthy Target.FailedHealthChecks", health());
  }

  @Test
  void registeringAgainEndsDraining() {
    assertEquals("healthy", health());
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20")));
    assertEquals("draining Target.DeregistrationInProgress", health());
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.64.20")));
    assertEquals("healthy", health());
  }

  @Test
  void aTargetInAZoneThatTheLoadBalancerLacksIsNotUsed() {
    elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id("10.0.96.20")));
    var states =
        elb.describeTargetHealth(r -> r.targetGroupArn(group)).targetHealthDescriptions().stream()
            .map(d -> d.target().id() + " " + d.targetHealth().stateAsString())
            .toList();
    assertEquals(List.of("10.0.64.20 healthy", "10.0.96.20 unused"), states);
  }
}
