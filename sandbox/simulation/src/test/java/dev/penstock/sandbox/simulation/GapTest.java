package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.ClusterFaults;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.event.ScopeFact.RecordRefused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a watcher missed is found by its next snapshot, and nothing is concluded before. */
final class GapTest {
  private final Stage stage;
  private final SimulatedCluster cluster;
  private final long snapshots;

  GapTest() throws Exception {
    stage = Stage.withNginx();
    cluster = stage.pipeline.cluster(Stage.CLUSTER);
    snapshots = snapshots();
  }

  private long snapshots() {
    return stage
        .pipeline
        .events(Fleet.HOME)
        .filter(e -> e.body() instanceof SnapshotCompleted)
        .count();
  }

  private void scaledToTwo() {
    stage.kubectl.scale("default", "nginx-app", 2);
  }

  private boolean twoServe() {
    return stage.readyPods("default").size() == 2 && stage.nginxServes();
  }

  @Test
  void aClusterThatWasAwayForHoursIsCaughtUpByOneSnapshot() throws Exception {
    var mark = stage.mark();
    cluster
        .faults()
        .add(new ClusterFaults.Rule("*", "*", new ClusterFaults.Effect.Answer(503), -1));
    cluster.faults().cutWatches();
    scaledToTwo();
    stage.pass(Duration.ofHours(3));
    assertEquals(Map.of(), stage.writes(mark));
    cluster.expire();
    cluster.faults().clear();
    stage.until("the gone one left", () -> !stage.writes(mark).isEmpty() && twoServe());
    assertEquals(Map.of("DeregisterTargets", 1L), stage.writes(mark));
    assertEquals(snapshots + 1, snapshots());
  }

  @Test
  void whatWentWhileTheCursorExpiredIsFoundByTheNextSnapshot() throws Exception {
    var mark = stage.mark();
    scaledToTwo();
    cluster.expire();
    stage.until("the gone one left", () -> !stage.writes(mark).isEmpty() && twoServe());
    assertEquals(Map.of("DeregisterTargets", 1L), stage.writes(mark));
    assertEquals(snapshots + 1, snapshots());
  }

  @Test
  void aFactThatCannotBeReadIsHealedByASnapshotThatTheReconcilerAsksFor() throws Exception {
    var mark = stage.mark();
    stage.pipeline.append(
        Fleet.HOME, new RecordRefused(Fleet.HOME + "|" + Stage.CLUSTER, "cut in the middle"));
    stage.until("another snapshot", () -> snapshots() == snapshots + 1 && stage.nginxServes());
    assertEquals(Map.of(), stage.writes(mark));
  }
}
