package dev.penstock.bench;

import dev.penstock.plan.StackPlan;
import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.ingress.IngressStacks;
import dev.penstock.plan.ingress.MemberReading;
import dev.penstock.plan.ingress.StackInput;
import dev.penstock.plan.targets.TargetDecision;
import dev.penstock.plan.targets.TargetRule;
import dev.penstock.plan.targets.TargetTable;
import dev.penstock.plan.targets.Targets;
import dev.penstock.plan.targets.TargetsIntent;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.TargetRow.Registered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs: one Ingress read and planned, a group of one to a hundred Ingresses
 * planned, and one changed endpoint in a target group of a thousand targets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlanBenchmark {
  private static final int TARGETS = 1_000;

  /** Two rules of each of a hundred members fit. */
  private static final Quotas ROOMY = new Quotas(200, 25, 100, 1_000, 60);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TargetRule.Bounds BOUNDS =
      new TargetRule.Bounds(0, 600_000, false, Set.of(), false, true);

  private final SampleCluster single = SampleCluster.of(1, 3);
  private final SampleCluster large = SampleCluster.of(1, TARGETS);
  private final SampleCluster largeAfter = large.withOnePodReplaced();
  private final TargetBinding binding = binding(large);
  private final List<TargetRow> healthy = healthy(rows(large, List.of()));

  /** An IngressGroup of so many members. */
  @State(Scope.Benchmark)
  public static class Group {
    @Param({"1", "10", "100"})
    public int members;

    private StackInput input = input(SampleCluster.of(1, 3));
    private StackInput redirecting = input;

    @Setup
    public void read() {
      input = input(SampleCluster.of(members, 3));
      redirecting = input(SampleCluster.withRedirects(members, 3));
    }
  }

  /** From the object to the resources that it asks for. */
  @Benchmark
  public StackPlan oneIngressReadAndPlanned() {
    return IngressStacks.build(input(single));
  }

  /** The members are read already, as in the reconciler's tables. */
  @Benchmark
  public StackPlan groupPlanned(Group group) {
    return IngressStacks.build(group.input);
  }

  /** Each member has a redirect before its rule, which may catch rules behind it. */
  @Benchmark
  public StackPlan groupWithRedirectsPlanned(Group group) {
    return IngressStacks.build(group.redirecting);
  }

  /** Slices to endpoints, endpoints to rows, rows to the decision. */
  @Benchmark
  public TargetDecision oneEndpointOfThousandChanged() {
    return TargetRule.decide(rows(largeAfter, healthy), BOUNDS, NOW);
  }

  private static StackInput input(SampleCluster cluster) {
    var rows = new ArrayList<MemberRow>();
    for (var object : cluster.list(ObjectKind.INGRESS)) {
      var key =
          new ObjectKey(
              SampleCluster.NAME,
              ObjectKind.INGRESS,
              object.metadata().namespace(),
              object.metadata().name());
      if (!(IngressMembers.read(cluster, key) instanceof MemberReading.Member member)) {
        throw new IllegalStateException(key + " is no member");
      }
      rows.add(new MemberRow(member.intent(), Optional.empty(), List.of(), 1, Optional.empty()));
    }
    var stack = rows.getFirst().current().stack();
    return new StackInput(stack, cluster.registration(), rows, cluster.cloud(), Map.of(), ROOMY);
  }

  private static TargetBinding binding(SampleCluster cluster) {
    return IngressStacks.build(input(cluster)).bindings().getFirst();
  }

  private List<TargetRow> rows(SampleCluster cluster, List<TargetRow> before) {
    var vpc = cluster.registration().vpcId();
    if (!(Targets.of(binding, cluster, cluster.cloud().network(vpc))
        instanceof TargetsIntent.Resolved resolved)) {
      throw new IllegalStateException("the sample's endpoints cannot be resolved");
    }
    return new TargetTable(binding, cluster).merge(resolved, before, NOW);
  }

  private static List<TargetRow> healthy(List<TargetRow> rows) {
    return rows.stream()
        .map(row ->
            new TargetRow(
                row.target(),
                row.endpoint(),
                Optional.of(
                    new Registered(
                        new TargetHealth(row.target(), TargetHealth.HEALTHY, "", ""), 1, NOW, 0))))
        .toList();
  }
}
