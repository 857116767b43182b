package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Faults.Effect;
import dev.penstock.sandbox.aws.Faults.Rule;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.Action.WeightedTargetGroup;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec.HealthCheck;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
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
  private static final Map<String, String> TAGS = Samples.tags("blue");

  private AwsSimulator simulator = simulator(new VirtualTimeline());
  private final Bench bench =
      new Bench(
          Optional.of(timeline -> {
            simulator = simulator(timeline);
            var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
            return new SimulatedCloud(simulator, caller);
          }));
  private final Map<ResourceKind, Live> made = new LinkedHashMap<>();

  private static AwsSimulator simulator(VirtualTimeline timeline) {
    return AwsSimulator.create(
        WorldSpec.sandbox("blue"), Settings.easy(), TargetProbe.alwaysHealthy(), timeline, 7);
  }

  private Link create(ResourceKind kind, ResourceSpec spec) {
    var settled = bench.write(kind, kind.text(), new Operation.Create(spec));
    assertInstanceOf(Result.Applied.class, settled.result(), () -> kind + ": " + settled);
    var live = Bench.seen(settled, ResourcePresent.class).live();
    made.put(kind, live);
    return new Link.Known(live.id());
  }

  private void makeAll() {
    var group =
        create(
            ResourceKind.SECURITY_GROUP,
            new SecurityGroupSpec(
                "web", "ours", SandboxWorld.VPC, List.of(Samples.port(80)), TAGS));
    var targets = create(ResourceKind.TARGET_GROUP, targetGroup());
    var balancer = create(ResourceKind.LOAD_BALANCER, balancer(group));
    var forward =
        List.<Action>of(
            new Action.Forward(
                List.of(new WeightedTargetGroup(targets, Optional.empty())), Optional.empty()));
    var listener =
        create(
            ResourceKind.LISTENER,
            new ListenerSpec(
                balancer,
                80,
                "HTTP",
                List.of(new Action.FixedResponse("404", "text/plain", "")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                TAGS));
    create(
        ResourceKind.LISTENER_RULE,
        new ListenerRuleSpec(
            listener,
            1,
            List.of(new RuleCondition.PathPattern(List.of("/*"), List.of())),
            forward,
            List.of(),
            TAGS));
    create(
        ResourceKind.RECORD_NAME,
        new RecordNameSpec(
            SandboxWorld.ZONE_ID,
            "*.example.com.",
            List.of(Samples.record("*.example.com.", "192.0.2.1"))));
    var register =
        bench.command(
            "register",
            Bench.key(ResourceKind.TARGET_GROUP, "TargetGroup"),
            Lane.REGISTER,
            new Operation.RegisterTargets(
                made.get(ResourceKind.TARGET_GROUP).id(),
                List.of(new Target("10.0.72.5", 80, Optional.empty()))));
    assertInstanceOf(Result.Applied.class, bench.run(register).result());
  }

  private void unmakeAll() {
    for (var kind : List.copyOf(made.keySet()).reversed()) {
      var live = made.get(kind);
      var settled = bench.write(kind, kind.text(), new Operation.Delete(live));
      assertInstanceOf(Result.Applied.class, settled.result(), () -> kind + ": " + settled);
    }
  }

  private static LoadBalancerSpec balancer(Link group) {
    return new LoadBalancerSpec(
        "web",
        "application",
        "internet-facing",
        "ipv4",
        List.of("subnet-public-a", "subnet-public-b"),
        List.of(group),
        Optional.empty(),
        Optional.empty(),
        Map.of("idle_timeout.timeout_seconds", "30"),
        TAGS);
  }

  private static TargetGroupSpec targetGroup() {
    return new TargetGroupSpec(
        "web",
        "ip",
        "HTTP",
        "HTTP1",
        80,
        "ipv4",
        SandboxWorld.VPC,
        new HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200"),
        Optional.empty(),
        Map.of("deregistration_delay.timeout_seconds", "30"),
        TAGS);
  }

  @Test
  void aStackIsMadeWithOneCallForEachThingAndNoReadButProofsOfOwnership() {
    makeAll();
    var calls =
        bench.events().stream()
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
    unmakeAll();
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
                  var test = new SimulatorTest();
                  test.simulator.faults().add(Rule.next(operation, new Effect.LoseAnswer()));
                  test.makeAll();
                  test.unmakeAll();
                }));
  }

  @Test
  void aTargetGroupOfAnotherClusterStaysUntouched() {
    create(ResourceKind.TARGET_GROUP, targetGroup());
    var theirs = new LinkedHashMap<>(TAGS);
    theirs.put("elbv2.k8s.aws/cluster", "green");
    var spec = targetGroup();
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
            theirs);
    var settled = bench.write(ResourceKind.TARGET_GROUP, "x", new Operation.Create(other));
    var rejected = Bench.rejected(settled);
    assertEquals(Fault.FOREIGN, rejected.fault());
    assertTrue(
        settled.calls().stream().noneMatch(c -> c.operation().startsWith("Modify")),
        "nothing is written to what is not ours");
  }
}
