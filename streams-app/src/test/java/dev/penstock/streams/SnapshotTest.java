package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.kubernetes.Malformed;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.SnapshotWanted;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a snapshot proves, and what follows when it proves nothing. */
final class SnapshotTest {
  private static final String PODS = Facts.REGION + "|" + Facts.CLUSTER + "|Pod|";

  private final World world = new World();

  private void begin() {
    world.begin(ClusterMode.MANAGE);
  }

  private void serving() {
    begin();
    world.list("watch-1", objects());
    world.live(20_000, 500);
    assertFalse(writes().isEmpty());
    world.commands.clear();
    world.kubernetesCommands.clear();
  }

  private static List<KubernetesObject> objects() {
    return Facts.cluster(Facts.ingress("web", "web.example.com", Map.of()));
  }

  private List<KubernetesObject> current() {
    return world.tables.scan(Table.OBJECTS, Facts.REGION + "|").stream()
        .map(e -> e.row().object())
        .toList();
  }

  private void started(String tenure) {
    world.append(Facts.REGION, new ClusterFact.WatchStarted(Facts.CLUSTER, Facts.UID, tenure));
  }

  private static Map<String, Integer> counts(List<KubernetesObject> objects) {
    var counts = new TreeMap<String, Integer>();
    for (var kind : ObjectKind.values()) {
      counts.put(kind.text(), 0);
    }
    objects.forEach(object -> counts.merge(object.kind().text(), 1, Integer::sum));
    return counts;
  }

  private void completed(String tenure, Map<String, Integer> counts) {
    world.append(
        Facts.REGION, new ClusterFact.SnapshotCompleted(Facts.CLUSTER, tenure, counts, Map.of()));
  }

  /** A list of which one object never arrives, though it is counted. */
  private void listWithout(KubernetesObject lost, String tenure, List<KubernetesObject> objects) {
    started(tenure);
    objects.stream().filter(o -> !same(o, lost)).forEach(o -> world.upsert(tenure, o));
    completed(tenure, counts(objects));
  }

  private static boolean same(KubernetesObject a, KubernetesObject b) {
    return a.key(Facts.CLUSTER).equals(b.key(Facts.CLUSTER));
  }

  private List<Command> writes() {
    return world.commands.stream().filter(c -> c.key().lane() != Lane.OBSERVE).toList();
  }

  private List<Long> wanted() {
    return world.effects.stream()
        .flatMap(e -> e.registry().stream())
        .map(SnapshotWanted.class::cast)
        .map(SnapshotWanted::seq)
        .toList();
  }

  private ClusterRow row() {
    return world.tables.get(Table.CLUSTERS, Facts.REGION + "|" + Facts.CLUSTER).orElseThrow();
  }

  private List<String> alarms() {
    return world.effects.stream()
        .flatMap(e -> e.audit().stream())
        .flatMap(a ->
            a.entry() instanceof AuditEntry.Alarm(_, var said)
                ? List.of(said).stream()
                : List.<String>of().stream())
        .toList();
  }

  @Test
  void aFirstSnapshotThatLostAnObjectConcludesNothingAndAnotherIsWanted() {
    begin();
    listWithout(Facts.slice(1, 2), "watch-1", objects());
    world.live(5_000, 500);
    assertFalse(row().snapshotComplete());
    assertEquals(List.of(), writes());
    assertEquals(1, wanted().size());
    world.list("watch-2", objects());
    world.live(20_000, 500);
    assertTrue(writes().stream().anyMatch(c -> c.key().lane() == Lane.REGISTER));
    assertEquals(1, wanted().size());
  }

  @Test
  void aLaterSnapshotThatLostAnObjectRemovesNoneOfItsKind() {
    serving();
    listWithout(Facts.pod(2), "watch-2", current());
    world.live(5_000, 500);
    assertEquals(2, world.tables.scan(Table.OBJECTS, PODS).size());
    assertEquals(List.of(), writes());
    assertEquals(1, wanted().size());
    world.list("watch-3", current().stream().filter(o -> !same(o, Facts.pod(2))).toList());
    assertEquals(1, world.tables.scan(Table.OBJECTS, PODS).size());
  }

  @Test
  void snapshotsThatAreLostAgainAndAgainAreWantedOnceAMinute() {
    serving();
    for (int i = 0; i < 20; i++) {
      listWithout(Facts.pod(2), "watch-" + (2 + i), current());
      world.live(9_000, 1_000);
    }
    assertTrue(wanted().size() >= 3 && wanted().size() <= 4, wanted().toString());
  }

  @Test
  void ourOwnWritesWhileAClusterIsListedDisturbNoCount() {
    serving();
    var listed = new ArrayList<>(current());
    assertTrue(listed.stream().anyMatch(TargetGroupBinding.class::isInstance));
    world.upsert("watch-1", Facts.ingress("more", "more.example.com", Map.of()));
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER,
            "watch-1",
            Facts.ingress("web", "web.example.com", Map.of()).key(Facts.CLUSTER),
            "uid-web",
            true));
    listed.removeIf(o -> o instanceof Ingress);
    listed.add(Facts.ingress("more", "more.example.com", Map.of()));
    started("watch-2");
    listed.forEach(o -> world.upsert("watch-2", o));
    world.live(900_000, 10_000);
    var bindings = bindings();
    assertEquals(1, bindings.size());
    assertTrue(listed.stream().noneMatch(o -> same(o, bindings.getFirst())));
    completed("watch-2", counts(listed));
    assertEquals(List.of(), alarms());
    assertEquals(List.of(), wanted());
    assertEquals(bindings, bindings());
  }

  private List<KubernetesObject> bindings() {
    return current().stream().filter(TargetGroupBinding.class::isInstance).toList();
  }

  @Test
  void aKindThatOnlyANewerWatcherKnowsIsPassedOver() {
    serving();
    started("watch-2");
    var objects = current();
    objects.forEach(o -> world.upsert("watch-2", o));
    var counts = counts(objects);
    counts.put("Gateway", 3);
    completed("watch-2", counts);
    assertTrue(row().snapshotComplete());
    assertEquals(List.of(), row().unlistedKinds());
    assertEquals(List.of(), wanted());
  }

  private void listWithoutKind(ObjectKind kind) {
    started("watch-2");
    var objects = current().stream().filter(o -> o.kind() != kind).toList();
    objects.forEach(o -> world.upsert("watch-2", o));
    var counts = counts(objects);
    counts.remove(kind.text());
    world.append(
        Facts.REGION,
        new ClusterFact.SnapshotCompleted(
            Facts.CLUSTER, "watch-2", counts, Map.of(kind.text(), "403 Forbidden")));
  }

  private List<Lane> lanes() {
    return writes().stream().map(c -> c.key().lane()).toList();
  }

  /** Targets need no more than what decides on them, and of that only absence waits. */
  @TestFactory
  Stream<DynamicTest> whicheverKindCannotBeListed() {
    return Stream.of(ObjectKind.values())
        .map(kind -> DynamicTest.dynamicTest(kind.text(), () -> new SnapshotTest().without(kind)));
  }

  private void without(ObjectKind kind) {
    serving();
    listWithoutKind(kind);
    world.live(60_000, 5_000);
    assertEquals(List.of(), writes());
    world.upsert("watch-2", Facts.pod(3));
    world.upsert("watch-2", Facts.slice(1, 2, 3));
    assertEquals(List.of(Lane.REGISTER), lanes());
    world.live(60_000, 5_000);
    world.commands.clear();
    var gone = Facts.pod(1).key(Facts.CLUSTER);
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(Facts.CLUSTER, "watch-2", gone, "uid-web-1", true));
    var absent = kind == ObjectKind.POD ? List.<Lane>of() : List.of(Lane.DEREGISTER);
    assertEquals(absent, lanes());
  }

  @Test
  void whoIsNoLongerShownStaysWhileAKindThatDecidesOnTargetsCannotBeListed() {
    serving();
    listWithoutKind(ObjectKind.NODE);
    world.upsert("watch-2", Facts.slice(2));
    world.live(900_000, 10_000);
    assertEquals(List.of(), writes());
    world.list("watch-3", current());
    world.live(60_000, 5_000);
    assertEquals(List.of(Lane.DEREGISTER), lanes());
  }

  @Test
  void aKindThatCannotBeListedIsUnknownAndNothingIsConcludedWithoutIt() {
    serving();
    listWithoutKind(ObjectKind.POD);
    world.upsert("watch-2", Facts.slice(2));
    world.live(60_000, 5_000);
    assertEquals(List.of("Pod"), row().unlistedKinds());
    assertEquals(2, world.tables.scan(Table.OBJECTS, PODS).size());
    assertEquals(List.of(), writes());
    world.list("watch-3", current());
    world.live(60_000, 5_000);
    assertFalse(writes().isEmpty());
  }

  @Test
  void factsOfATenureThatIsOverCountNoMore() {
    serving();
    world.list("watch-2", current());
    world.upsert("watch-1", Facts.slice(1));
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER, "watch-1", Facts.pod(1).key(Facts.CLUSTER), "uid-web-1", true));
    completed("watch-1", counts(List.of()));
    world.live(60_000, 5_000);
    assertEquals(2, world.tables.scan(Table.OBJECTS, PODS).size());
    assertEquals(List.of(), writes());
    assertEquals(1, wanted().size());
  }

  @Test
  void whenTheLastStartWasAZombiesWhoeverWatchesStartsAnew() {
    serving();
    world.list("watch-2", current());
    started("watch-1-again");
    for (int i = 0; i < 70; i++) {
      world.upsert("watch-2", i % 2 == 0 ? Facts.slice(1) : Facts.slice(1, 2));
      world.live(1_000, 500);
    }
    assertEquals(1, wanted().size());
    assertEquals(List.of(), writes());
    world.list("watch-3", objects().stream().filter(o -> !same(o, Facts.pod(2))).toList());
    world.live(60_000, 500);
    assertEquals(1, world.tables.scan(Table.OBJECTS, PODS).size());
    assertEquals(1, wanted().size());
    started("watch-2-again");
    world.upsert("watch-3", Facts.pod(2));
    world.live(5_000, 500);
    assertEquals(2, wanted().size());
  }

  @Test
  void aFactThatCannotBeReadMakesItsObjectUnknownAndANewSnapshotWanted() {
    serving();
    world.append(
        Facts.REGION, new ScopeFact.RecordRefused(PODS + "default/web-2", "cut in the middle"));
    assertEquals(1, wanted().size());
    assertInstanceOf(Malformed.class, world.object(ObjectKind.POD, "web-2"));
    world.live(30_000, 1_000);
    assertEquals(1, wanted().size());
    world.append(
        Facts.REGION,
        new ScopeFact.RecordRefused(Facts.REGION + "|" + Facts.CLUSTER, "cut in the middle"));
    world.live(60_000, 1_000);
    assertEquals(2, wanted().size());
  }

  @Test
  void aClusterThatIsReboundIsUnknownUntilItsOwnFirstSnapshot() {
    serving();
    world.append(
        Facts.REGION, new ClusterFact.WatchStarted(Facts.CLUSTER, "another-uid", "watch-2"));
    world.append(Facts.REGION, new PersonFact.ClusterRebound("ann", Facts.CLUSTER, "another-uid"));
    assertEquals(1, wanted().size());
    world.upsert("watch-2", Facts.slice(3));
    world.live(60_000, 5_000);
    assertEquals(List.of(), writes());
    world.append(
        Facts.REGION, new ClusterFact.WatchStarted(Facts.CLUSTER, "another-uid", "watch-3"));
    var objects = new ArrayList<>(objects());
    objects.add(Facts.pod(3));
    objects.removeIf(o -> same(o, Facts.slice(1)));
    objects.add(Facts.slice(1, 2, 3));
    objects.forEach(o -> world.upsert("watch-3", o));
    assertEquals(List.of(), writes());
    completed("watch-3", counts(objects));
    world.live(5_000, 500);
    assertEquals(List.of(Lane.REGISTER), writes().stream().map(c -> c.key().lane()).toList());
  }

  @Test
  void aCommandWhoseAnswerCannotBeReadStaysOpenForNobody() {
    serving();
    world.upsert("watch-1", Facts.pod(3));
    world.upsert("watch-1", Facts.slice(1, 2, 3));
    var open =
        world.open.values().stream()
            .filter(c -> c.key().lane() == Lane.REGISTER)
            .findFirst()
            .orElseThrow();
    world.append(Facts.REGION, new CloudFact.Attempted(open.id(), open.key(), Answers.TENURE, 1));
    world.append(
        Facts.REGION,
        new ScopeFact.RecordRefused(
            Facts.REGION + "|" + open.key().resource(), "cut in the middle"));
    assertFalse(world.open.values().stream().anyMatch(c -> c.id().equals(open.id())));
    world.commands.clear();
    world.live(60_000, 1_000);
    assertEquals(Map.of(), world.open);
    assertTrue(writes().stream().anyMatch(c -> c.key().lane() == Lane.REGISTER));
  }
}
