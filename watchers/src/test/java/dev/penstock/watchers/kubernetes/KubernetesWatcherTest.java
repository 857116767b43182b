package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.KubernetesFault;
import dev.penstock.schemas.event.ClusterFact.ObjectUpserted;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.event.ClusterFact.Unrepresentable;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One cluster, one thread, no real time. */
final class KubernetesWatcherTest {
  private final ScriptedCluster cluster = new ScriptedCluster();
  private final RecordingLog log = new RecordingLog();
  private final SteppedWatcher watcher = new SteppedWatcher(SteppedWatcher.BLUE, cluster, log);

  @Test
  void aClusterIsPublishedFromStartToCompletion() {
    cluster.put(ObjectKind.SERVICE, "default", "web");
    cluster.put(ObjectKind.INGRESS, "default", "web");
    cluster.put(ObjectKind.NAMESPACE, "", "default");
    watcher.settle();
    assertEquals(
        List.of(
            "started uid-1",
            "upserted Namespace default",
            "upserted Service web",
            "upserted Ingress web",
            "completed, unlisted []"),
        log.facts());
    var counts = log.all(SnapshotCompleted.class).getFirst().counts();
    assertEquals(1, counts.get("Service"));
    assertEquals(0, counts.get("Pod"));
    assertEquals(ObjectKind.values().length, counts.size());
    assertEquals("111122223333/us-west-2|blue|Service|default/web", log.events.get(2).key());
  }

  @Test
  void pagesAddUp() {
    for (int i = 0; i < 7; i++) {
      cluster.put(ObjectKind.POD, "default", "p" + i);
    }
    watcher.settle();
    assertEquals(7, log.all(SnapshotCompleted.class).getFirst().counts().get("Pod"));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void changesFollowTheSnapshot() {
    cluster.put(ObjectKind.POD, "default", "p");
    watcher.settle();
    log.events.clear();
    var changed = cluster.object(ObjectKind.POD, "default", "p");
    changed.putObject("status").put("phase", "Running");
    cluster.put(ObjectKind.POD, changed);
    cluster.put(ObjectKind.POD, "default", "q");
    cluster.remove(ObjectKind.POD, "default", "p", true);
    cluster.remove(ObjectKind.POD, "default", "q", false);
    watcher.settle();
    assertEquals(
        List.of("upserted Pod p", "upserted Pod q", "removed Pod p u-p seen", "removed Pod q u-q"),
        log.facts());
  }

  @Test
  void aDeletionTimestampSeenEarlierCounts() {
    watcher.settle();
    log.events.clear();
    var leaving = cluster.object(ObjectKind.POD, "default", "p");
    leaving.withObject("/metadata").put("deletionTimestamp", "2026-01-02T03:04:05Z");
    cluster.put(ObjectKind.POD, leaving);
    watcher.settle();
    cluster.remove(ObjectKind.POD, "default", "p", false);
    watcher.settle();
    assertEquals(List.of("upserted Pod p", "removed Pod p u-p seen"), log.facts());
  }

  @Test
  void whatSaysNothingNewIsPublishedOncePerTenure() {
    cluster.put(ObjectKind.NODE, "", "n");
    watcher.settle();
    cluster.put(ObjectKind.NODE, "", "n");
    watcher.settle();
    assertEquals(1, log.all(ObjectUpserted.class).size());
    cluster.compact();
    watcher.settle();
    assertEquals(2, log.all(ObjectUpserted.class).size());
  }

  @Test
  void aGapBeginsANewTenureWithAWholeSnapshot() {
    cluster.put(ObjectKind.POD, "default", "p");
    cluster.put(ObjectKind.POD, "default", "q");
    watcher.settle();
    cluster.cut();
    cluster.remove(ObjectKind.POD, "default", "p", true);
    cluster.compact();
    watcher.settle();
    assertEquals(2, log.tenures().size());
    assertNotEquals(log.tenures().getFirst(), log.tenures().getLast());
    assertEquals(cluster.state(), log.concluded());
    assertEquals(2, log.all(SnapshotCompleted.class).size());
  }

  @Test
  void aCutWatchGoesOnWhereItStopped() {
    cluster.put(ObjectKind.POD, "default", "p");
    watcher.settle();
    cluster.cut();
    cluster.put(ObjectKind.POD, "default", "q");
    watcher.settle();
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aKindThatMayNotBeListedIsUnlistedUntilItMay() {
    cluster.put(ObjectKind.SERVICE, "default", "web");
    cluster.refused.put(ObjectKind.SERVICE, KubernetesFault.FORBIDDEN);
    watcher.settle();
    var first = log.all(SnapshotCompleted.class).getFirst();
    assertEquals("403 FORBIDDEN: refused", first.unlisted().get("Service"));
    assertFalse(first.counts().containsKey("Service"));
    cluster.refused.clear();
    watcher.settle();
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(2, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aKindThatIsNotInstalledIsLookedForAgain() {
    cluster.refused.put(ObjectKind.TARGET_GROUP_BINDING, KubernetesFault.NOT_FOUND);
    watcher.settle();
    watcher.pass(Duration.ofMinutes(5));
    assertEquals(1, log.tenures().size());
    cluster.refused.clear();
    cluster.put(ObjectKind.TARGET_GROUP_BINDING, "default", "t");
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(2, log.tenures().size());
    assertTrue(log.all(SnapshotCompleted.class).getLast().unlisted().isEmpty());
  }

  @Test
  void aPermissionTakenAwayUnderAWatchIsAGap() {
    cluster.put(ObjectKind.POD, "default", "p");
    watcher.settle();
    cluster.refused.put(ObjectKind.POD, KubernetesFault.FORBIDDEN);
    cluster.cut();
    watcher.settle();
    watcher.pass(Duration.ofSeconds(30));
    assertEquals(2, log.tenures().size());
    assertTrue(log.all(SnapshotCompleted.class).getLast().unlisted().containsKey("Pod"));
    assertEquals(List.of("Pod/default/p@101"), log.concluded());
  }

  @Test
  void aListThatExpiresInTheMiddleEndsTheTenureWithoutCompletion() {
    for (int i = 0; i < 5; i++) {
      cluster.put(ObjectKind.POD, "default", "p" + i);
    }
    while (log.all(ObjectUpserted.class).isEmpty()) {
      watcher.step();
    }
    cluster.compact();
    watcher.settle();
    assertEquals(2, log.tenures().size());
    var completed = log.all(SnapshotCompleted.class);
    assertEquals(1, completed.size());
    assertEquals(log.tenures().getLast(), completed.getFirst().tenure());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aClusterAwayForHoursConcludesNothing() {
    cluster.put(ObjectKind.POD, "default", "p");
    watcher.settle();
    var before = log.facts();
    cluster.reachable = false;
    cluster.cut();
    cluster.calls = 0;
    watcher.pass(Duration.ofHours(3));
    assertEquals(before, log.facts());
    assertTrue(cluster.calls < 3 * 3600, "retries are bounded, not " + cluster.calls);
    assertTrue(cluster.opened.get(ObjectKind.POD) < 3 * 60 * 3, "reopened " + cluster.opened);
    cluster.put(ObjectKind.POD, "default", "q");
    cluster.reachable = true;
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aClusterThatNeverAnsweredHasNoTenure() {
    cluster.reachable = false;
    watcher.pass(Duration.ofHours(1));
    assertEquals(List.of(), log.facts());
    assertEquals(WatcherState.Activity.WAITING, watcher.state().activity());
    cluster.reachable = true;
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(1, log.tenures().size());
    assertEquals(WatcherState.Activity.WATCHING, watcher.state().activity());
  }

  @Test
  void anUnreachableClusterInTheMiddleOfASnapshotIsWaitedFor() {
    for (int i = 0; i < 5; i++) {
      cluster.put(ObjectKind.POD, "default", "p" + i);
    }
    while (log.all(ObjectUpserted.class).isEmpty()) {
      watcher.step();
    }
    cluster.reachable = false;
    watcher.pass(Duration.ofMinutes(10));
    assertTrue(log.all(SnapshotCompleted.class).isEmpty());
    cluster.reachable = true;
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aFactThatCannotBeAppendedEndsTheTenure() {
    watcher.settle();
    cluster.put(ObjectKind.POD, "default", "p");
    log.failures = 1;
    watcher.settle();
    assertEquals(2, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void anObjectTooLargeForARecordIsUnrepresentable() {
    var huge = cluster.object(ObjectKind.INGRESS, "default", "huge");
    huge.withObject("/metadata/annotations").put("a", "x".repeat(150_000));
    cluster.put(ObjectKind.INGRESS, huge);
    watcher.settle();
    assertTrue(log.all(Unrepresentable.class).getFirst().bytes() > 150_000);
    assertEquals(List.of("Ingress/default/huge@unrepresentable"), log.concluded());
  }

  @Test
  void anObjectThatTheLogRefusesAsTooLargeIsUnrepresentable() {
    log.refusedAsTooLarge = "big";
    cluster.put(ObjectKind.INGRESS, "default", "big");
    cluster.put(ObjectKind.INGRESS, "default", "small");
    watcher.settle();
    assertEquals(1, log.tenures().size());
    assertEquals(
        List.of("Ingress/default/big@unrepresentable", "Ingress/default/small@102"),
        log.concluded());
  }

  @Test
  void anotherClusterUnderTheSameNameStartsATenureWithItsOwnUid() {
    watcher.settle();
    cluster.uid = "uid-2";
    watcher.pass(Duration.ofMinutes(2));
    assertEquals(List.of("started uid-1", "started uid-2"), started());
  }

  @Test
  void onlySecretsThatAnAnnotationNamesAreReadAndOnlyTheirClientId() {
    secret("oidc", "bXktaWQ=");
    secret("other", "bm8=");
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    watcher.settle();
    var secrets = secrets();
    assertEquals(1, secrets.size());
    assertEquals(Optional.of("my-id"), secrets.getFirst().clientId());
    assertEquals(1, log.all(SnapshotCompleted.class).getFirst().counts().get("Secret"));
    assertFalse(log.events.toString().contains("c2VjcmV0"));
  }

  @Test
  void aSecretNamedLaterIsReadAtOnceAndItsChangesAndItsEndAreSeen() {
    secret("oidc", "YQ==");
    watcher.settle();
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    watcher.settle();
    assertEquals(Optional.of("a"), secrets().getLast().clientId());
    secret("oidc", "Yg==");
    watcher.pass(Duration.ofMinutes(1));
    assertEquals(Optional.of("b"), secrets().getLast().clientId());
    cluster.remove(ObjectKind.SECRET, "default", "oidc", false);
    watcher.pass(Duration.ofMinutes(1));
    assertEquals("removed Secret oidc u-oidc", log.facts().getLast());
    watcher.pass(Duration.ofMinutes(2));
    assertEquals("removed Secret oidc u-oidc", log.facts().getLast());
  }

  @Test
  void secretsThatMayNotBeReadAreUnlisted() {
    secret("oidc", "YQ==");
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    cluster.refused.put(ObjectKind.SECRET, KubernetesFault.FORBIDDEN);
    watcher.settle();
    assertTrue(log.all(SnapshotCompleted.class).getFirst().unlisted().containsKey("Secret"));
  }

  @Test
  void anObjectWithoutANameLeavesItsKindUnlisted() {
    cluster.put(ObjectKind.POD, "default", "");
    watcher.settle();
    assertEquals(
        "the list holds an object without a name",
        log.all(SnapshotCompleted.class).getFirst().unlisted().get("Pod"));
  }

  @Test
  void aQuietClusterIsLeftAlone() {
    watcher.settle();
    cluster.calls = 0;
    var before = log.events.size();
    watcher.pass(Duration.ofMinutes(5));
    assertEquals(before, log.events.size());
    assertTrue(cluster.calls <= 11, "one pulse every 30 s, not " + cluster.calls + " calls");
  }

  private void secret(String name, String clientId) {
    var secret = cluster.object(ObjectKind.SECRET, "default", name);
    secret.putObject("data").put("clientID", clientId).put("clientSecret", "c2VjcmV0");
    cluster.put(ObjectKind.SECRET, secret);
  }

  private ObjectNode withAuth(String secret) {
    var ingress = cluster.object(ObjectKind.INGRESS, "default", "web");
    ingress
        .withObject("/metadata/annotations")
        .put("alb.ingress.kubernetes.io/auth-idp-oidc", "{\"secretName\":\"" + secret + "\"}");
    return ingress;
  }

  private List<Secret> secrets() {
    return log.all(ObjectUpserted.class).stream()
        .map(ObjectUpserted::object)
        .filter(Secret.class::isInstance)
        .map(Secret.class::cast)
        .toList();
  }

  private List<String> started() {
    return log.facts().stream().filter(fact -> fact.startsWith("started")).toList();
  }
}
