package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.PersonFact.ClusterRegistered;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is held until a person approves it, and how far an approval goes. */
final class HoldsTest {
  private static final String PREFIX = "external-dns.alpha.kubernetes.io/";

  private final World world = new World();

  private void serving(List<String> names) {
    world.begin(ClusterMode.MANAGE);
    var ingresses =
        names.stream()
            .map(n -> (KubernetesObject) Facts.ingress(n, n + ".example.com", Map.of()))
            .toArray(KubernetesObject[]::new);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    world.commands.clear();
  }

  private List<Command> deletes() {
    return world.commands.stream().filter(c -> c.operation() instanceof Operation.Delete).toList();
  }

  private List<HoldRow> holds() {
    return world.tables.scan(Table.HOLDS, Facts.REGION + "|").stream().map(e -> e.row()).toList();
  }

  private static List<String> ids(List<HoldRow> holds) {
    return holds.stream().map(HoldRow::id).toList();
  }

  private void approve(List<HoldRow> holds) {
    holds.forEach(hold -> world.append(Facts.REGION, new HoldApproved("ann", hold.id())));
  }

  private void vanish(String tenure, List<String> names) {
    var left =
        world.tables.scan(Table.OBJECTS, Facts.REGION + "|").stream()
            .map(e -> e.row().object())
            .filter(o -> !(o instanceof Ingress) || !names.contains(o.metadata().name()))
            .toList();
    world.list(tenure, left);
  }

  @Test
  void aMassOfRequestedDeletesIsHeldWithItsHostNames() throws ChangeRefused {
    var names = List.of("a", "b", "c", "d");
    serving(names);
    var few = RecordChange.apply(ScopeSettings.defaults(), Map.of("requestedDeletesBeforeHold", 1));
    world.append(Facts.REGION, new ScopeSettingsChanged("ann", few));
    names.forEach(world::delete);
    world.live(60_000, 10_000);
    assertFalse(stands("a"), "what was allowed is not held");
    assertTrue(stands("b") && stands("c") && stands("d"));
    var sentences = holds().stream().map(HoldRow::sentence).toList();
    assertTrue(
        sentences.toString().contains("more than 1 objects of namespace default"),
        sentences::toString);
    approve(holds());
    world.live(900_000, 30_000);
    assertFalse(stands("b") || stands("c") || stands("d"));
  }

  @Test
  void removalsThatAreDoneCountForAWhile() throws ChangeRefused {
    serving(List.of("a", "b", "c", "d"));
    var few = RecordChange.apply(ScopeSettings.defaults(), Map.of("requestedDeletesBeforeHold", 1));
    world.append(Facts.REGION, new ScopeSettingsChanged("ann", few));
    world.delete("a");
    world.live(300_000, 10_000);
    assertFalse(stands("a"));
    world.delete("b");
    world.live(1_200_000, 10_000);
    assertTrue(stands("b"), "it waits for a person, however long");
    approve(holds());
    world.live(700_000, 10_000);
    assertFalse(stands("b"));
    world.delete("c");
    world.live(60_000, 10_000);
    assertFalse(stands("c"));
    assertEquals(List.of(), holds());
  }

  @Test
  void whatIsHeldStaysSoWhenAnApprovalLeavesFew() {
    var names = List.of("a", "b", "c", "d", "e");
    serving(names);
    vanish("watch-2", names);
    world.live(60_000, 5_000);
    approve(holds().subList(0, 3));
    world.live(900_000, 30_000);
    assertEquals(2, names.stream().filter(this::stands).count());
    assertEquals(2, holds().size());
  }

  @Test
  void vanishedIngressesKeepTheirHostNamesUntilAPersonApproves() {
    var names = List.of("a", "b", "c", "d", "e");
    serving(names);
    vanish("watch-2", names);
    world.live(900_000, 30_000);
    assertEquals(List.of(), deletes());
    assertEquals(5, holds().size());
    assertTrue(
        holds().stream().anyMatch(h -> h.subjects().equals(List.of("c1|Ingress|default/a"))));
    approve(holds());
    world.live(900_000, 30_000);
    assertEquals(5, deletes().stream().filter(c -> c.scope().isGlobal()).count());
    assertEquals(List.of(), holds());
    assertEquals(5, ended());
  }

  private long ended() {
    return world.effects.stream()
        .flatMap(e -> e.audit().stream())
        .filter(a -> a.entry() instanceof AuditEntry.HoldEnded)
        .count();
  }

  @Test
  void anApprovalIsForWhatWasHeldAndForNothingThatComesLater() {
    var group = Map.of("alb.ingress.kubernetes.io/group.name", "shop");
    world.begin(ClusterMode.MANAGE);
    var names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "k");
    var ingresses =
        names.stream()
            .map(n -> (KubernetesObject) Facts.ingress(n, n + ".example.com", group))
            .toArray(KubernetesObject[]::new);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    world.commands.clear();
    vanish("watch-2", names.subList(0, 4));
    world.live(60_000, 5_000);
    var first = holds();
    assertEquals(1, first.size());
    approve(first);
    world.settle(c -> !(c.operation() instanceof Operation.Delete));
    vanish("watch-3", names.subList(0, 9));
    world.settle(c -> !(c.operation() instanceof Operation.Delete));
    var waiting = holds().stream().filter(h -> !h.approved()).toList();
    assertEquals(1, waiting.size());
    assertNotEquals(first.getFirst().id(), waiting.getFirst().id());
    assertTrue(
        Collections.disjoint(first.getFirst().subjects(), waiting.getFirst().subjects()),
        () -> first + " and again " + waiting);
    world.live(600_000, 30_000);
    assertEquals(ids(waiting), ids(holds()), "what was approved is done");
    assertTrue(stands("k"));
    assertTrue(stands("e"));
    assertFalse(stands("a"));
  }

  private boolean stands(String name) {
    return world
        .tables
        .get(
            Table.OBSERVED,
            Facts.DNS
                + "||name|Z1/"
                + name
                + ".example.com.|RecordName|Z1/"
                + name
                + ".example.com.")
        .isPresent();
  }

  @Test
  void hostNamesThatARegistrationLeavesOutStayUntilAPersonApproves() {
    serving(List.of("a", "b", "c", "d"));
    world.append(
        Facts.REGION, new ClusterRegistered("ann", Facts.registration().withDnsScopes(List.of())));
    world.live(900_000, 30_000);
    assertEquals(List.of(), deletes());
    assertEquals(4, holds().size());
    approve(holds());
    world.live(900_000, 30_000);
    assertEquals(4, deletes().size());
    assertEquals(List.of(), holds());
  }

  @Test
  void hostNamesThatASettingNoLongerReadsStayUntilAPersonApproves() throws ChangeRefused {
    var names = List.of("a", "b", "c", "d");
    serving(names);
    names.forEach(n -> world.annotate(n, PREFIX + "hostname", n + "-too.example.com"));
    world.live(20_000, 500);
    var other =
        RecordChange.apply(
            ScopeSettings.defaults(),
            Map.of("dns", Map.of("annotationPrefixes", List.of("example.com/"))));
    world.append(Facts.REGION, new ScopeSettingsChanged("ann", other));
    world.live(60_000, 5_000);
    names.forEach(n -> world.annotate(n, "note", "an edit of something else"));
    world.live(60_000, 5_000);
    assertEquals(List.of(), deletes());
    assertEquals(4, holds().size());
    approve(holds());
    world.live(900_000, 30_000);
    assertEquals(4, deletes().size());
    assertTrue(names.stream().allMatch(this::stands));
  }

  @Test
  void aHostNameThatEachOwnerTakesOutIsNotHeld() {
    var names = List.of("a", "b", "c", "d");
    serving(names);
    names.forEach(n -> world.annotate(n, PREFIX + "ingress-hostname-source", "annotation-only"));
    world.live(60_000, 5_000);
    assertEquals(4, deletes().size());
    assertEquals(List.of(), holds());
  }

  @Test
  void whatAClassMovesToAnotherGroupStaysWhereItIsUntilAPersonApproves() {
    world.begin(ClusterMode.MANAGE);
    var objects = new ArrayList<>(Facts.cluster(Facts.grouped("one")));
    objects.set(0, Facts.albClass(Optional.of("grouped")));
    List.of("a", "b", "c", "d")
        .forEach(n -> objects.add(Facts.ingress(n, n + ".example.com", Map.of())));
    world.list("watch-1", objects);
    world.live(20_000, 500);
    world.commands.clear();
    world.upsert("watch-1", Facts.grouped("two"));
    world.live(900_000, 30_000);
    assertEquals(List.of(), deletes());
    assertEquals(1, holds().size());
    approve(holds());
    world.live(1_800_000, 30_000);
    assertTrue(deletes().stream().anyMatch(c -> c.key().toString().contains("ingress|one|Load")));
    assertEquals(List.of(), holds());
  }

  @Test
  void aHoldEndsWithAWordInTheAuditWhenWhatItHeldIsWantedAgain() {
    var names = List.of("a", "b", "c", "d");
    serving(names);
    var before = names.stream().map(n -> world.object(ObjectKind.INGRESS, n)).toList();
    vanish("watch-2", names);
    world.live(20_000, 5_000);
    assertEquals(4, holds().size());
    before.forEach(o -> world.upsert("watch-2", o));
    world.live(20_000, 5_000);
    assertEquals(List.of(), holds());
    assertEquals(4, ended());
    assertEquals(List.of(), deletes());
  }
}
