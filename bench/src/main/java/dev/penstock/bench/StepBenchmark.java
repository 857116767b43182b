package dev.penstock.bench;

import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.streams.Step;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Effects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * What one record costs that changes a member of a group of one to a hundred: read, planned and
 * decided in shadow, from tables in memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {
  private static final String TENURE = "watch-1";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Param({"1", "10", "100"})
  public int members;

  private SampleCluster cluster = SampleCluster.of(1, 3);
  private MemoryTables tables = new MemoryTables();
  private long position;

  /**
   * A listed cluster beside an account of which the network is known, and nothing else is there.
   */
  @Setup
  public void list() {
    cluster = SampleCluster.of(members, 3);
    tables = new MemoryTables();
    position = 0;
    var registration = cluster.registration();
    var prefix = registration.home() + "|";
    Network network = cluster.cloud().network(registration.vpcId()).orElseThrow();
    tables.put(
        Table.INVENTORY,
        prefix + Inventories.networkOf(registration.vpcId()),
        new InventoryRow(new InventoryRow.NetworkKnown(network), 0, NOW));
    tables.put(
        Table.INVENTORY,
        prefix + Inventories.CERTIFICATES,
        new InventoryRow(new InventoryRow.CertificatesKnown(List.of()), 0, NOW));
    tables.put(Table.SCANS, prefix + "cluster|" + SampleCluster.NAME, new ScanRow(0, NOW));
    step(new PersonFact.ClusterRegistered("bench", registration));
    step(new PersonFact.ClusterModeChanged("bench", SampleCluster.NAME, ClusterMode.SHADOW));
    step(new ClusterFact.WatchStarted(SampleCluster.NAME, "uid", TENURE));
    var counts = new TreeMap<String, Integer>();
    for (var kind : ObjectKind.values()) {
      var objects = cluster.list(kind);
      counts.put(kind.text(), objects.size());
      objects.forEach(
          object -> step(new ClusterFact.ObjectUpserted(SampleCluster.NAME, TENURE, object)));
    }
    step(new ClusterFact.SnapshotCompleted(SampleCluster.NAME, TENURE, counts, Map.of()));
  }

  /** Its path is another one each time. */
  @Benchmark
  public Effects oneMemberChanged() {
    var ingress = (Ingress) cluster.list(ObjectKind.INGRESS).getFirst();
    return step(
        new ClusterFact.ObjectUpserted(
            SampleCluster.NAME, TENURE, SampleCluster.withPath(ingress, "/v" + position)));
  }

  /** How many resources of the group are wanted. */
  int wanted() {
    return tables.scan(Table.DESIRED, "").size();
  }

  private Effects step(EventBody body) {
    var scope = cluster.registration().home();
    return Step.step(tables, new Event(scope, scope + "|bench", body), position++, NOW);
  }
}
