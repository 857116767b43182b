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
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.Secret;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** One cluster, one thread, no real time. */
final class KubernetesWatcherTest {
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");

  private final ScriptedCluster cluster = new ScriptedCluster();
  private final RecordingLog log = new RecordingLog();
  private final ManualTimeline timeline = new ManualTimeline();
  private final KubernetesWatcher watcher =
      new KubernetesWatcher(
          ClusterRegistration.of("blue", SCOPE, "vpc-1"),
          cluster,
          log,
          timeline,
          RandomGeneratorFactory.of("L64X128MixRandom").create(1),
          new WatcherSettings(
              2,
              100,
              Duration.ofSeconds(1),
              Duration.ofMinutes(1),
              Duration.ofSeconds(30),
              Duration.ofMinutes(1),
              Duration.ofSeconds(30),
              Duration.ofSeconds(30),
              Duration.ofMinutes(6),
              100_000));

  @Test
  void aClusterIsPublishedFromStartToCompletion() {
    cluster.put(ObjectKind.SERVICE, "default", "web");
    cluster.put(ObjectKind.INGRESS, "default", "web");
    cluster.put(ObjectKind.NAMESPACE, "", "default");
    settle();
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
    settle();
    assertEquals(7, log.all(SnapshotCompleted.class).getFirst().counts().get("Pod"));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void changesFollowTheSnapshot() {
    cluster.put(ObjectKind.POD, "default", "p");
    settle();
    log.events.clear();
    var changed = cluster.object(ObjectKind.POD, "default", "p");
    changed.putObject("status").put("phase", "Running");
    cluster.put(ObjectKind.POD, changed);
    cluster.put(ObjectKind.POD, "default", "q");
    cluster.remove(ObjectKind.POD, "default", "p", true);
    cluster.remove(ObjectKind.POD, "default", "q", false);
    settle();
    assertEquals(
        List.of("upserted Pod p", "upserted Pod q", "removed Pod p u-p seen", "removed Pod q u-q"),
        log.facts());
  }

  @Test
  void aDeletionTimestampSeenEarlierCounts() {
    settle();
    log.events.clear();
    var leaving = cluster.object(ObjectKind.POD, "default", "p");
    leaving.withObject("/metadata").put("deletionTimestamp", "2026-01-02T03:04:05Z");
    cluster.put(ObjectKind.POD, leaving);
    settle();
    cluster.remove(ObjectKind.POD, "default", "p", false);
    settle();
    assertEquals(List.of("upserted Pod p", "removed Pod p u-p seen"), log.facts());
  }

  @Test
  void whatSaysNothingNewIsPublishedOncePerTenure() {
    cluster.put(ObjectKind.NODE, "", "n");
    settle();
    cluster.put(ObjectKind.NODE, "", "n");
    settle();
    assertEquals(1, log.all(ObjectUpserted.class).size());
    cluster.compact();
    settle();
    assertEquals(2, log.all(ObjectUpserted.class).size());
  }

  @Test
  void aGapBeginsANewTenureWithAWholeSnapshot() {
    cluster.put(ObjectKind.POD, "default", "p");
    cluster.put(ObjectKind.POD, "default", "q");
    settle();
    cluster.cut();
    cluster.remove(ObjectKind.POD, "default", "p", true);
    cluster.compact();
    settle();
    assertEquals(2, log.tenures().size());
    assertNotEquals(log.tenures().getFirst(), log.tenures().getLast());
    assertEquals(cluster.state(), log.concluded());
    assertEquals(2, log.all(SnapshotCompleted.class).size());
  }

  @Test
  void aCutWatchGoesOnWhereItStopped() {
    cluster.put(ObjectKind.POD, "default", "p");
    settle();
    cluster.cut();
    cluster.put(ObjectKind.POD, "default", "q");
    settle();
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aKindThatMayNotBeListedIsUnlistedUntilItMay() {
    cluster.put(ObjectKind.SERVICE, "default", "web");
    cluster.refused.put(ObjectKind.SERVICE, KubernetesFault.FORBIDDEN);
    settle();
    var first = log.all(SnapshotCompleted.class).getFirst();
    assertEquals("403 FORBIDDEN: refused", first.unlisted().get("Service"));
    assertFalse(first.counts().containsKey("Service"));
    cluster.refused.clear();
    settle();
    pass(Duration.ofMinutes(2));
    assertEquals(2, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aKindThatIsNotInstalledIsLookedForAgain() {
    cluster.refused.put(ObjectKind.TARGET_GROUP_BINDING, KubernetesFault.NOT_FOUND);
    settle();
    pass(Duration.ofMinutes(5));
    assertEquals(1, log.tenures().size());
    cluster.refused.clear();
    cluster.put(ObjectKind.TARGET_GROUP_BINDING, "default", "t");
    pass(Duration.ofMinutes(2));
    assertEquals(2, log.tenures().size());
    assertTrue(log.all(SnapshotCompleted.class).getLast().unlisted().isEmpty());
  }

  @Test
  void aPermissionTakenAwayUnderAWatchIsAGap() {
    cluster.put(ObjectKind.POD, "default", "p");
    settle();
    cluster.refused.put(ObjectKind.POD, KubernetesFault.FORBIDDEN);
    cluster.cut();
    settle();
    pass(Duration.ofSeconds(30));
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
    settle();
    assertEquals(2, log.tenures().size());
    var completed = log.all(SnapshotCompleted.class);
    assertEquals(1, completed.size());
    assertEquals(log.tenures().getLast(), completed.getFirst().tenure());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aClusterAwayForHoursConcludesNothing() {
    cluster.put(ObjectKind.POD, "default", "p");
    settle();
    var before = log.facts();
    cluster.reachable = false;
    cluster.cut();
    cluster.calls = 0;
    pass(Duration.ofHours(3));
    assertEquals(before, log.facts());
    assertTrue(cluster.calls < 3 * 3600, "retries are bounded, not " + cluster.calls);
    assertTrue(cluster.opened.get(ObjectKind.POD) < 3 * 60 * 3, "reopened " + cluster.opened);
    cluster.put(ObjectKind.POD, "default", "q");
    cluster.reachable = true;
    pass(Duration.ofMinutes(2));
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aClusterThatNeverAnsweredHasNoTenure() {
    cluster.reachable = false;
    pass(Duration.ofHours(1));
    assertEquals(List.of(), log.facts());
    assertEquals(WatcherState.Activity.WAITING, watcher.state().activity());
    cluster.reachable = true;
    pass(Duration.ofMinutes(2));
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
    pass(Duration.ofMinutes(10));
    assertTrue(log.all(SnapshotCompleted.class).isEmpty());
    cluster.reachable = true;
    pass(Duration.ofMinutes(2));
    assertEquals(1, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void aFactThatCannotBeAppendedEndsTheTenure() {
    settle();
    cluster.put(ObjectKind.POD, "default", "p");
    log.failures = 1;
    settle();
    assertEquals(2, log.tenures().size());
    assertEquals(cluster.state(), log.concluded());
  }

  @Test
  void anObjectTooLargeForARecordIsUnrepresentable() {
    var huge = cluster.object(ObjectKind.INGRESS, "default", "huge");
    huge.withObject("/metadata/annotations").put("a", "x".repeat(150_000));
    cluster.put(ObjectKind.INGRESS, huge);
    settle();
    assertTrue(log.all(Unrepresentable.class).getFirst().bytes() > 150_000);
    assertEquals(List.of("Ingress/default/huge@unrepresentable"), log.concluded());
  }

  @Test
  void anObjectThatTheLogRefusesAsTooLargeIsUnrepresentable() {
    log.refusedAsTooLarge = "big";
    cluster.put(ObjectKind.INGRESS, "default", "big");
    cluster.put(ObjectKind.INGRESS, "default", "small");
    settle();
    assertEquals(1, log.tenures().size());
    assertEquals(
        List.of("Ingress/default/big@unrepresentable", "Ingress/default/small@102"),
        log.concluded());
  }

  @Test
  void anotherClusterUnderTheSameNameStartsATenureWithItsOwnUid() {
    settle();
    cluster.uid = "uid-2";
    pass(Duration.ofMinutes(2));
    assertEquals(List.of("started uid-1", "started uid-2"), started());
  }

  @Test
  void onlySecretsThatAnAnnotationNamesAreReadAndOnlyTheirClientId() {
    secret("oidc", "bXktaWQ=");
    secret("other", "bm8=");
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    settle();
    var secrets = secrets();
    assertEquals(1, secrets.size());
    assertEquals(Optional.of("my-id"), secrets.getFirst().clientId());
    assertEquals(1, log.all(SnapshotCompleted.class).getFirst().counts().get("Secret"));
    assertFalse(log.events.toString().contains("c2VjcmV0"));
  }

  @Test
  void aSecretNamedLaterIsReadAtOnceAndItsChangesAndItsEndAreSeen() {
    secret("oidc", "YQ==");
    settle();
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    settle();
    assertEquals(Optional.of("a"), secrets().getLast().clientId());
    secret("oidc", "Yg==");
    pass(Duration.ofMinutes(1));
    assertEquals(Optional.of("b"), secrets().getLast().clientId());
    cluster.remove(ObjectKind.SECRET, "default", "oidc", false);
    pass(Duration.ofMinutes(1));
    assertEquals("removed Secret oidc u-oidc", log.facts().getLast());
    pass(Duration.ofMinutes(2));
    assertEquals("removed Secret oidc u-oidc", log.facts().getLast());
  }

  @Test
  void secretsThatMayNotBeReadAreUnlisted() {
    secret("oidc", "YQ==");
    cluster.put(ObjectKind.INGRESS, withAuth("oidc"));
    cluster.refused.put(ObjectKind.SECRET, KubernetesFault.FORBIDDEN);
    settle();
    assertTrue(log.all(SnapshotCompleted.class).getFirst().unlisted().containsKey("Secret"));
  }

  @Test
  void anObjectWithoutANameLeavesItsKindUnlisted() {
    cluster.put(ObjectKind.POD, "default", "");
    settle();
    assertEquals(
        "the list holds an object without a name",
        log.all(SnapshotCompleted.class).getFirst().unlisted().get("Pod"));
  }

  @Test
  void aQuietClusterIsLeftAlone() {
    settle();
    cluster.calls = 0;
    var before = log.events.size();
    pass(Duration.ofMinutes(5));
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

  /** Runs until the watcher watches and has nothing to do. */
  private void settle() {
    pass(Duration.ofSeconds(5));
  }

  private void pass(Duration duration) {
    var end = timeline.now().plus(duration);
    while (timeline.now().isBefore(end)) {
      var rest = watcher.step();
      var left = Duration.between(timeline.now(), end);
      timeline.sleep(rest.compareTo(left) < 0 ? rest : left);
    }
  }
}
