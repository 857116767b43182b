package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever goes wrong with a call of WAF or Shield, the guards are there once it is over. */
class GuardFaultsTest {
  private static final String GUARDED =
      "metadata: {annotations: {alb.ingress.kubernetes.io/wafv2-acl-name: edge,"
          + " alb.ingress.kubernetes.io/shield-advanced-protection: 'true'}}";

  private static final List<String> CALLS =
      List.of("ListWebACLs", "AssociateWebACL", "DescribeProtection", "CreateProtection");

  private static final Map<Effect, Integer> FAULTS =
      Map.of(
          new Effect.Throttle(), 3,
          new Effect.Fail("InternalFailure", 500), 2,
          new Effect.Fail("WAFUnavailableEntityException", 400), 12,
          new Effect.Deny(), -1,
          new Effect.LoseAnswer(), 1,
          new Effect.DeliverTwice(), -1);

  @TestFactory
  Stream<DynamicTest> everyFaultOfEveryCall() {
    return CALLS.stream()
        .flatMap(call ->
            FAULTS.entrySet().stream()
                .map(fault ->
                    dynamicTest(
                        call + " " + fault.getKey(),
                        () -> play(call, fault.getKey(), fault.getValue()))));
  }

  private static void play(String call, Effect effect, int times) throws Exception {
    var stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(4));
    var faults = stage.pipeline.aws().faults();
    faults.add(new AwsFaults.Rule(call, "", effect, times, 1));
    var mark = stage.mark();
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", GUARDED);

    stage.pass(Duration.ofMinutes(3));
    assertTrue(stage.counts(mark).containsKey(call), "it was never called");
    assertTrue(stage.nginxServes(), stage::picture);
    faults.clear();
    stage.pass(Duration.ofMinutes(31));

    var arn = stage.loadBalancers().getLast().loadBalancerArn();
    assertEquals("edge", Guards.webAcl(stage, arn));
    assertEquals("managed by aws-load-balancer-controller", Guards.shield(stage, arn));
    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(31));
    assertEquals(Map.of(), stage.writes(quiet));
  }
}
