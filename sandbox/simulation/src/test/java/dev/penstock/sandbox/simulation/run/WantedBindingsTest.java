package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.simulation.PeoplesGroup;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.check.Checks;
import dev.penstock.sandbox.simulation.check.Invariant;
import dev.penstock.sandbox.simulation.check.Wanted;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** What the oracle says of two bindings onto one group, and of a target that somebody took away. */
class WantedBindingsTest {
  private static final ScriptFleet FLEET = new ScriptFleet(List.of(Home.WEST, Home.WEST), 2, 28);

  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        serviceRef: {name: %1$s, port: 80}
        targetGroupARN: %3$s
        targetType: ip
        multiClusterTargetGroup: %4$s
      """;

  private final PlayedWorld world;
  private final String group;

  WantedBindingsTest() throws Exception {
    world = new PlayedWorld(Pipeline.start(1, FLEET.built()), FLEET);
    group = PeoplesGroup.make(world.elb(1), "theirs");
  }

  @Test
  void whoComesSecondWaits() throws Exception {
    bind(1, 1, 1, false);
    bind(1, 2, 2, false);
    assertEquals(1, registered().size());
    assertEquals(List.of(), differences());
    takeOneAway();
    assertMissing("app-1", "app-2");
  }

  @Test
  void whoComesSecondWaitsInAnotherClusterToo() throws Exception {
    bind(2, 1, 1, false);
    bind(1, 2, 2, false);
    assertEquals(1, registered().size());
    assertEquals(List.of(), differences());
    takeOneAway();
    assertMissing("app-1", "app-2");
  }

  @Test
  void whoStandsKeepsTheGroupWithoutAService() throws Exception {
    bind(1, 1, 1, false);
    bind(1, 2, 2, false);
    perform(new AppDeed.DeleteService(1, 1));
    assertEquals(List.of(), differences());
  }

  @Test
  void whoWaitsWithoutAServiceExcusesNobody() throws Exception {
    bind(1, 1, 1, false);
    bind(1, 2, 2, false);
    perform(new AppDeed.DeleteService(1, 2));
    assertEquals(List.of(), differences());
    takeOneAway();
    assertMissing("app-1");
  }

  @Test
  void whoSharesAGroupWaitsForNobody() throws Exception {
    bind(1, 1, 1, true);
    bind(1, 2, 2, true);
    assertEquals(3, registered().size());
    assertEquals(List.of(), differences());
    takeOneAway();
    assertEquals(1, differences().size());
  }

  @Test
  void whoFillsTheGroupIsGuardedThoughAnotherIsFirstByName() throws Exception {
    bind(1, 2, 2, false);
    bind(1, 1, 1, false);
    var checks = Checks.of(world.pipeline());
    checks.after();
    forward();
    ours().deregisterTargets(r -> r.targetGroupArn(group).targets(registered()));
    checks.after();
    assertTrue(
        checks.violations().stream().anyMatch(it -> it.invariant() == Invariant.I6),
        checks.violations().toString());
  }

  /** A load balancer that somebody else made. */
  private void forward() throws Exception {
    var arn =
        world
            .elb(1)
            .createLoadBalancer(r ->
                r.name("theirs").subnets("subnet-private-a", "subnet-private-b").scheme("internal"))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    world
        .elb(1)
        .createListener(r ->
            r.loadBalancerArn(arn)
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
    world.pipeline().pass(Duration.ofMinutes(30));
  }

  /** As the product calls, for no command. */
  private ElasticLoadBalancingV2Client ours() {
    var caller =
        Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "no-command").as(Sight.PRINCIPAL);
    return world.pipeline().aws().client(ElasticLoadBalancingV2Client.class, caller);
  }

  private void bind(int cluster, int app, int replicas, boolean shares) throws Exception {
    perform(new AppDeed.Deploy(cluster, app, replicas, false));
    var name = ScriptFleet.app(app);
    world
        .kubectl(cluster)
        .apply(BINDING.formatted(name, ScriptFleet.namespace(app), group, shares));
    world.pipeline().pass(Duration.ofMinutes(5));
  }

  private void perform(AppDeed deed) throws Exception {
    new Performer(world).perform(deed);
    world.pipeline().pass(Duration.ofMinutes(5));
  }

  private void takeOneAway() {
    var one = registered().getFirst();
    world.elb(1).deregisterTargets(r -> r.targetGroupArn(group).targets(one));
  }

  private List<TargetDescription> registered() {
    return world
        .elb(1)
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .filter(t -> !t.targetHealth().stateAsString().equals("draining"))
        .map(t -> t.target())
        .toList();
  }

  private void assertMissing(String... apps) {
    var differences = differences();
    assertEquals(apps.length, differences.size(), differences.toString());
    for (var app : apps) {
      assertTrue(
          differences.stream().anyMatch(it -> it.contains(app + ": targets are missing")),
          differences.toString());
    }
  }

  private List<String> differences() {
    return world.pipeline().aws().unthrottled(() -> Wanted.differences(world.pipeline()));
  }
}
