package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.LogFile;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.ChainReport;
import dev.penstock.streams.replay.ChainVerifier;
import dev.penstock.streams.replay.PastTables;
import dev.penstock.streams.replay.Replay;
import dev.penstock.streams.replay.Report;
import dev.penstock.streams.replay.Report.ScopeReport;
import dev.penstock.streams.replay.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A story's log, read back from a file, leads to all that was decided in the story (I3). */
class RecordedTest {
  @TempDir Path folder;

  private static Report replay(History log, Selection selection, int restartEvery)
      throws Exception {
    return new Replay(log, selection, restartEvery, (_, _) -> {}).run();
  }

  /** The example is served, scaled, changed by hand in AWS, and deleted; a checkpoint between. */
  private static Stage told() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.patch(Kinds.DEPLOYMENT, "default", "nginx-app", "spec: {replicas: 5}");
    stage.until("five pods serve", () -> stage.healthy().size() == 5 && stage.idle());
    stage.pipeline.append(Fleet.HOME, new PersonFact.CheckpointRequested("ann"));
    var rule = stage.rules(443).getFirst().ruleArn();
    stage.elb.deleteRule(r -> r.ruleArn(rule));
    stage.pass(Duration.ofMinutes(20));
    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until("it is gone", () -> stage.loadBalancers().isEmpty() && stage.idle());
    return stage;
  }

  @Test
  void itIsReplayedInAnyBatchesFromACheckpointAndOnOtherPartitions() throws Exception {
    var stage = told();
    var file = folder.resolve("story.avro");
    LogFileExport.write(stage.pipeline.history(), file, (_, _) -> {});
    try (var log = LogFile.open(file)) {
      var whole = replay(log, Selection.all(), 0);
      assertTrue(whole.equal(), whole.toString());
      assertEquals(2, whole.scopes().size());
      assertTrue(compared(whole, "penstock.checkpoints") > 0, whole.toString());
      assertEquals(stage.pipeline.audit().size(), compared(whole, "penstock.audit"));
      for (int batch : new int[] {7, 100, (int) whole.events() / 2}) {
        assertEquals(whole, replay(log, Selection.all(), batch), "restarts after " + batch);
      }
      var since = Optional.of(Instant.MAX);
      var home = new TreeSet<>(List.of(Fleet.HOME));
      var part = replay(log, new Selection(home, since, Optional.empty()), 50);
      assertTrue(part.equal() && part.scopes().getFirst().after() > 0, part.toString());
      var moved = replay(Relocation.of(log, 3), Selection.all(), 0);
      assertTrue(moved.equal(), moved.toString());
      assertEquals(heads(whole), heads(moved));
      assertEquals(compared(whole, "penstock.audit"), compared(moved, "penstock.audit"));
      var tables = new PastTables(log, (_, _) -> {}).at(List.of(), List.of(Instant.MAX));
      assertEquals(stage.pipeline.tables(), tables.getFirst());
      var chains = new ChainVerifier(log).check(List.of(), List.of());
      assertTrue(chains.stream().allMatch(ChainReport::intact), chains.toString());
    }
  }

  /** The reconciler went on while the ends of the topics were asked for. */
  @Test
  void whatFollowedFromEventsAfterItsEndIsNoDifference() throws Exception {
    var log = MemoryHistory.copyOf(told().pipeline.history());
    var events = log.span(Topics.EVENTS, 0);
    var read = log.records(Topics.EVENTS, 0);
    log.put(events, read.subList(0, read.size() - 9));
    for (var partition : List.of(0, 3)) {
      var report = replay(partition == 0 ? log : Relocation.of(log, partition), Selection.all(), 0);
      assertTrue(report.equal(), report.toString());
    }
  }

  private static long compared(Report report, String topic) {
    return report.scopes().stream().mapToLong(scope -> scope.compared().get(topic)).sum();
  }

  private static List<String> heads(Report report) {
    return report.scopes().stream().map(ScopeReport::auditHash).toList();
  }
}
