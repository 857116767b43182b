package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
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
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Observation.ResourcePresent;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stack that is made and unmade at the simulated AWS, step by step. */
final class SimulatedStack {
  static final Map<String, String> TAGS = Samples.tags("blue");

  AwsSimulator simulator = simulator(new VirtualTimeline());
  final Bench bench;
  private final Map<ResourceKind, Live> made = new LinkedHashMap<>();

  SimulatedStack(CrashPoints crashPoints) {
    this.bench =
        new Bench(
            Optional.of(timeline -> {
              simulator = simulator(timeline);
              var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "test");
              return new SimulatedCloud(simulator, caller);
            }),
            crashPoints);
  }

  private static AwsSimulator simulator(VirtualTimeline timeline) {
    return AwsSimulator.create(
        WorldSpec.sandbox("blue"), Settings.easy(), TargetProbe.alwaysHealthy(), timeline, 7);
  }

  Link create(ResourceKind kind, ResourceSpec spec) {
    var settled = bench.write(kind, kind.text(), new Operation.Create(spec));
    assertInstanceOf(Result.Applied.class, settled.result(), () -> kind + ": " + settled);
    var live = Bench.seen(settled, ResourcePresent.class).live();
    made.put(kind, live);
    return new Link.Known(live.id());
  }

  void makeAll() {
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
    var listener = create(ResourceKind.LISTENER, listener(balancer));
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

  void unmakeAll() {
    for (var kind : List.copyOf(made.keySet()).reversed()) {
      var live = made.get(kind);
      var settled = bench.write(kind, kind.text(), new Operation.Delete(live));
      assertInstanceOf(Result.Applied.class, settled.result(), () -> kind + ": " + settled);
    }
  }

  private static ListenerSpec listener(Link balancer) {
    return new ListenerSpec(
        balancer,
        80,
        "HTTP",
        List.of(new Action.FixedResponse("404", "text/plain", "")),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        TAGS);
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
        Optional.empty(),
        Map.of("idle_timeout.timeout_seconds", "30"),
        TAGS,
        List.of());
  }

  static TargetGroupSpec targetGroup() {
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
        TAGS,
        Optional.empty());
  }

  /** Everything that the simulator holds, without what chance and time made of it. */
  List<String> rows() {
    var rows = new ArrayList<String>();
    simulator.inspect((table, _, row) ->
        rows.add(
            (table + " " + row)
                .replaceAll("\\b(C[0-9A-Z]{20}|[0-9a-f]{8,})\\b", "#")
                .replaceAll("198\\.18(\\.[0-9]+){2}", "#")
                .replaceAll("[0-9-]+T[0-9:.]+Z", "@")));
    return rows.stream().sorted().toList();
  }
}
