package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.AwsFaults.Rule;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.key.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The executors against the simulated AWS: a stack is made and unmade, whatever gets lost. */
class SimulatorTest {
  private final SimulatedStack stack = new SimulatedStack(CrashPoints.none());

  @Test
  void aStackIsMadeWithOneCallForEachThingAndNoReadButProofsOfOwnership() {
    stack.makeAll();
    var calls =
        stack.bench.events().stream()
            .filter(CommandSettled.class::isInstance)
            .flatMap(event -> ((CommandSettled) event).calls().stream())
            .map(Call::operation)
            .toList();
    assertEquals(
        List.of(
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "CreateTargetGroup",
            "DescribeTags",
            "ModifyTargetGroupAttributes",
            "CreateLoadBalancer",
            "DescribeTags",
            "ModifyLoadBalancerAttributes",
            "CreateListener",
            "CreateRule",
            "ChangeResourceRecordSets",
            "RegisterTargets"),
        calls);
    stack.unmakeAll();
  }

  @TestFactory
  Stream<DynamicTest> aLostAnswerChangesNothing() {
    return Stream.of(
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "CreateTargetGroup",
            "ModifyTargetGroupAttributes",
            "CreateLoadBalancer",
            "ModifyLoadBalancerAttributes",
            "CreateListener",
            "CreateRule",
            "ChangeResourceRecordSets",
            "RegisterTargets",
            "DeleteRule",
            "DeleteListener",
            "DeleteLoadBalancer",
            "DeleteTargetGroup",
            "DeleteSecurityGroup")
        .map(operation ->
            DynamicTest.dynamicTest(
                operation,
                () -> {
                  var fresh = new SimulatedStack(CrashPoints.none());
                  fresh.simulator.faults().add(Rule.next(operation, new Effect.LoseAnswer()));
                  fresh.makeAll();
                  fresh.unmakeAll();
                }));
  }

  @Test
  void aTargetGroupOfAnotherClusterStaysUntouched() {
    stack.create(ResourceKind.TARGET_GROUP, SimulatedStack.targetGroup());
    var theirs = new LinkedHashMap<>(SimulatedStack.TAGS);
    theirs.put("elbv2.k8s.aws/cluster", "green");
    var spec = SimulatedStack.targetGroup();
    var other =
        new TargetGroupSpec(
            spec.name(),
            spec.targetType(),
            spec.protocol(),
            spec.protocolVersion(),
            spec.port(),
            spec.ipAddressType(),
            spec.vpcId(),
            spec.healthCheck(),
            spec.targetControlPort(),
            Map.of("deregistration_delay.timeout_seconds", "99"),
            theirs,
            Optional.empty());
    var settled = stack.bench.write(ResourceKind.TARGET_GROUP, "x", new Operation.Create(other));
    var rejected = Bench.rejected(settled);
    assertEquals(Fault.FOREIGN, rejected.fault());
    assertTrue(
        settled.calls().stream().noneMatch(c -> c.operation().startsWith("Modify")),
        "nothing is written to what is not ours");
  }
}
