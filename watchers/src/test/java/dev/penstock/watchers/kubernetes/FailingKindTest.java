package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.schemas.event.ClusterFact.ObjectUpserted;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A cluster that fails for one kind and answers for the others: it is mirrored but for that kind.
 */
final class FailingKindTest {
  private final ScriptedCluster cluster = new ScriptedCluster();
  private final RecordingLog log = new RecordingLog();
  private final SteppedWatcher watcher = new SteppedWatcher(SteppedWatcher.BLUE, cluster, log);

  @Test
  void aKindWhoseListFailsForAnHourFreezesNoOther() {
    cluster.put(ObjectKind.INGRESS_CLASS_PARAMS, "", "fast");
    cluster.put(ObjectKind.POD, "default", "p");
    cluster.refused.put(ObjectKind.INGRESS_CLASS_PARAMS, KubernetesFault.UNREACHABLE);
    watcher.pass(Duration.ofMinutes(1));
    var first = log.all(SnapshotCompleted.class).getFirst();
    assertEquals("500 UNREACHABLE: refused", first.unlisted().get("IngressClassParams"));
    assertFalse(first.counts().containsKey("IngressClassParams"));
    assertEquals(List.of("Pod/default/p@102"), log.concluded());
    cluster.put(ObjectKind.POD, "default", "q");
    cluster.remove(ObjectKind.POD, "default", "p", true);
    watcher.settle();
    assertEquals(List.of("Pod/default/q@103"), log.concluded());
    cluster.compact();
    cluster.put(ObjectKind.POD, "default", "r");
    watcher.pass(Duration.ofMinutes(1));
    assertEquals(List.of("Pod/default/q@103", "Pod/default/r@105"), log.concluded());
    cluster.calls = 0;
    watcher.pass(Duration.ofHours(1));
    assertEquals(2, log.tenures().size());
    assertTrue(cluster.calls < 200, "a pulse and a probe now and then, not " + cluster.calls);
    cluster.refused.clear();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(List.of(), List.copyOf(lastSnapshot().unlisted().keySet()));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void whatIsKnownOfAKindThatFailsStaysUntilItIsListedAgain() {
    cluster.put(ObjectKind.NODE, "", "a");
    cluster.put(ObjectKind.NODE, "", "b");
    watcher.settle();
    cluster.refused.put(ObjectKind.NODE, KubernetesFault.UNREACHABLE);
    cluster.remove(ObjectKind.NODE, "", "a", false);
    cluster.cut();
    cluster.compact();
    watcher.pass(Duration.ofMinutes(10));
    assertTrue(lastSnapshot().unlisted().containsKey("Node"));
    assertEquals(List.of("Node//a@101", "Node//b@102"), log.concluded());
    cluster.refused.clear();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(List.of("Node//b@102"), log.concluded());
  }

  @Test
  void allButOneKindMayFail() {
    cluster.put(ObjectKind.ENDPOINT_SLICE, "default", "web");
    for (var kind : ObjectKind.values()) {
      cluster.refused.put(kind, KubernetesFault.UNREACHABLE);
    }
    cluster.refused.remove(ObjectKind.ENDPOINT_SLICE);
    watcher.pass(Duration.ofMinutes(15));
    assertFalse(lastSnapshot().unlisted().containsKey("EndpointSlice"));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aClusterThatListsNothingIsWaitedFor() {
    cluster.put(ObjectKind.POD, "default", "p");
    for (var kind : ObjectKind.values()) {
      cluster.refused.put(kind, KubernetesFault.UNREACHABLE);
    }
    cluster.calls = 0;
    watcher.pass(Duration.ofHours(3));
    assertEquals(List.of("started uid-1"), log.facts());
    assertTrue(cluster.calls < 3 * 3600, "retries are bounded, not " + cluster.calls);
    cluster.refused.clear();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aFewFailuresLeaveNoKindUnlisted() {
    cluster.put(ObjectKind.SERVICE, "default", "web");
    cluster.refused.put(ObjectKind.SERVICE, KubernetesFault.UNREACHABLE);
    watcher.pass(Duration.ofSeconds(3));
    cluster.refused.clear();
    watcher.pass(Duration.ofMinutes(1));
    assertEquals(List.of(), List.copyOf(lastSnapshot().unlisted().keySet()));
    assertEquals(1, log.tenures().size());
  }

  @Test
  void aKindOfWhichOnlyTheFirstPageComesEndsNoTenure() {
    for (int i = 0; i < 5; i++) {
      cluster.put(ObjectKind.POD, "default", "p" + i);
    }
    cluster.brokenAfterOnePage.add(ObjectKind.POD);
    watcher.pass(Duration.ofMinutes(30));
    assertEquals(1, log.tenures().size());
    assertTrue(lastSnapshot().unlisted().containsKey("Pod"));
    assertEquals(2, log.all(ObjectUpserted.class).size());
    cluster.brokenAfterOnePage.clear();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(2, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aSecretThatCannotBeReadStopsNothing() {
    for (var name : List.of("a", "b", "c")) {
      var ingress = cluster.object(ObjectKind.INGRESS, "default", name);
      ingress
          .withObject("/metadata/annotations")
          .put("alb.ingress.kubernetes.io/auth-idp-oidc", "{\"secretName\":\"" + name + "\"}");
      cluster.put(ObjectKind.INGRESS, ingress);
      cluster.put(ObjectKind.SECRET, "default", name);
    }
    cluster.refused.put(ObjectKind.SECRET, KubernetesFault.UNREACHABLE);
    watcher.pass(Duration.ofMinutes(1));
    assertEquals(List.of("Secret"), List.copyOf(lastSnapshot().unlisted().keySet()));
    cluster.refused.clear();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  private SnapshotCompleted lastSnapshot() {
    return log.all(SnapshotCompleted.class).getLast();
  }
}
