package dev.penstock.streams;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Named;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.InventoryRow;
import dev.penstock.streams.fold.Inventories;
import dev.penstock.streams.fold.Pages;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No single record is unbounded work: what is left over comes with Ticks, targets first. */
final class BoundedTest {
  private static final int STACKS_A_RECORD = 32;

  private final World world = new World();

  private void planned(int stacks) {
    world.begin(ClusterMode.SHADOW);
    world.list("watch-1", Facts.cluster(ingresses(stacks)));
    world.live(5_000, 500);
    assertEquals(0, dirty("targets") + dirty("member") + dirty("stack"));
  }

  private long dirty(String kind) {
    return world.tables.scan(Table.DIRTY, Facts.REGION + "|" + kind + "|of|").size();
  }

  private int pages() {
    return world.tables.scan(Table.DIRTY, Facts.REGION + "|page|").size();
  }

  /** Reads one record alone; answers the Ticks that it wrote. */
  private long read(EventBody body) {
    var event = new Event(Facts.REGION, Facts.REGION + "|test", body);
    var position = Step.chain(world.tables, Facts.REGION).position() + 1;
    return Step.step(world.tables, event, position, world.now()).events().stream()
        .filter(e -> e.body() instanceof ScopeFact.Tick)
        .count();
  }

  private PersonFact settings() {
    return new PersonFact.ScopeSettingsChanged("ann", ScopeSettings.defaults(), List.of());
  }

  @Test
  void fortyDirtyStacksAreReadAcrossTicksAndTargetsComeFirst() {
    planned(40);
    var ticks = read(settings());
    var left = new ArrayList<Long>();
    assertEquals(1, ticks);
    assertEquals(0, dirty("targets"));
    left.add(dirty("stack"));
    while (ticks > 0 && left.size() < 10) {
      ticks = read(new ScopeFact.Tick(world.now()));
      assertEquals(0, dirty("targets"));
      left.add(dirty("stack"));
    }
    assertEquals(0, left.getLast());
    assertTrue(left.getFirst() >= 40 - STACKS_A_RECORD, left.toString());
    for (int i = 1; i < left.size(); i++) {
      assertTrue(left.get(i - 1) - left.get(i) <= STACKS_A_RECORD, left.toString());
    }
  }

  @Test
  void aChangeOfAllIsMarkedAPageARecord() {
    planned(300);
    var ticks = read(settings());
    assertEquals(1, ticks);
    assertEquals(2, pages());
    assertTrue(dirty("member") + dirty("stack") + dirty("targets") <= 256);
    var records = 1;
    while (ticks > 0) {
      ticks = read(new ScopeFact.Tick(world.now()));
      records++;
      assertTrue(records < 100, "never done");
    }
    assertEquals(0, pages() + dirty("targets") + dirty("member") + dirty("stack"));
    assertTrue(records > 300 / STACKS_A_RECORD, "records: " + records);
  }

  @Test
  void otherCodeAnswersForWhatItHasNotMarkedYetWhenAllIsMarkedAgain() {
    planned(300);
    read(new ScopeFact.DecisionsChanged("0", Optional.empty()));
    read(new ScopeFact.DecisionsChanged("1", Optional.empty()));
    read(settings());
    assertEquals(2, pages());
    assertTrue(
        world.tables.scan(Table.DIRTY, Facts.REGION + "|page|").stream()
            .allMatch(entry -> entry.row().otherCode()));
  }

  /** How many rows the record that takes most of them reads and writes, until nothing is left. */
  private int most(EventBody first) {
    var most = 0;
    var records = 0;
    for (var next = Optional.of(first); next.isPresent() && records < 1_000; records++) {
      var event = new Event(Facts.REGION, Facts.REGION + "|test", next.get());
      var position = Step.chain(world.tables, Facts.REGION).position() + 1;
      var counted = new CountedTables(world.tables);
      Step.step(counted, event, position, world.now());
      most = Math.max(most, counted.rows());
      next =
          Timers.earliest(world.tables, Facts.REGION, world.now()).isPresent() || ticks()
              ? Optional.of(new ScopeFact.Tick(world.now()))
              : Optional.empty();
    }
    assertTrue(records < 1_000, "never done");
    return most;
  }

  private boolean ticks() {
    return world.tables.get(Table.DIRTY, Facts.REGION + "|tick").isPresent();
  }

  private static KubernetesObject[] ingresses(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> Facts.ingress("web-" + n, n + ".example.com", Map.of()))
        .toArray(KubernetesObject[]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 900})
  void aSweepTakesNoMoreRowsARecordWhenThereAreMoreStacks(int stacks) {
    planned(stacks);
    world.pass(ScopeSettings.defaults().sweepIntervalMillis());
    var most = most(new ScopeFact.Tick(world.now()));
    assertTrue(most < 1_200, "rows: " + most);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 900})
  void aSweepOfNamesIsALookAtAFewARecord(int names) {
    planned(1);
    var turn = turn();
    var kind = Named.Kind.TRUST_STORE;
    for (var n = 0; n < names; n++) {
      var part = Inventories.namedAs(kind, "name-" + n);
      var known = new InventoryRow.NamedKnown(Named.absent(kind, "name-" + n));
      turn.put(Table.INVENTORY, part, new InventoryRow(known, 0, world.now()));
      var reader = "c1|ingress|default/web-" + n;
      Lookups.replace(turn, Dirt.Kind.STACK, reader, Set.of(Lookups.inventory(part)));
    }
    turn.write();
    world.pass(ScopeSettings.defaults().sweepIntervalMillis());
    var most = most(new ScopeFact.Tick(world.now()));
    assertTrue(most < 1_400, "rows: " + most);
    var looks =
        world.tables.scan(Table.OPEN, Facts.REGION + "|").stream()
            .map(e -> e.row().command())
            .filter(c -> c.operation() instanceof Operation.Observe(Reading.ReadNamed _))
            .toList();
    assertEquals(Set.of(Urgency.SWEEP), looks.stream().map(Command::urgency).collect(toSet()));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 120})
  void aMassOfInferredRemovalsTakesNoMoreRowsARecordWhenItIsLarger(int stacks) {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster());
    for (var ingress : ingresses(stacks)) {
      world.upsert("watch-1", ingress);
      world.live(1_000, 500);
    }
    world.live(20_000, 1_000);
    for (var withoutFinalizer : ingresses(stacks)) {
      world.upsert("watch-1", withoutFinalizer);
    }
    for (var n = 0; n < stacks; n++) {
      var key = new ObjectKey(Facts.CLUSTER, ObjectKind.INGRESS, "default", "web-" + n);
      var most = most(new ClusterFact.ObjectRemoved(Facts.CLUSTER, "watch-1", key, "", false));
      assertTrue(n < 10 || most < 350, "rows: " + most);
    }
    assertEquals(stacks - 3, world.tables.scan(Table.HOLDS, "").size());
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 2_400})
  void aSnapshotThatLeavesManyObjectsOutTakesThemAPageARecord(int pods) {
    world.begin(ClusterMode.SHADOW);
    var more = IntStream.range(10, 10 + pods).mapToObj(Facts::pod);
    world.list("watch-1", Facts.cluster(more.toArray(KubernetesObject[]::new)));
    world.mostRows = 0;
    world.list("watch-2", Facts.cluster());
    assertTrue(world.mostRows < 2_500, "rows: " + world.mostRows);
    assertEquals(2, world.tables.scan(Table.OBJECTS, Facts.REGION + "|c1|Pod|").size());
  }

  private Turn turn() {
    var before = Step.chain(world.tables, Facts.REGION);
    return new Turn(world.tables, Facts.REGION, before, before.position() + 1, world.now());
  }

  @Test
  void manyThatLookedUpTheSameAreMarkedAPageARecord() {
    var turn = turn();
    for (var n = 0; n < 600; n++) {
      var reader = "c1|ingress|default/web-" + n;
      Lookups.replace(turn, Dirt.Kind.STACK, reader, Set.of(Lookups.inventory("certificates")));
    }
    turn.write();
    turn = turn();
    Lookups.touched(turn, Lookups.inventory("certificates"), "the certificates changed");
    turn.write();
    var left = new ArrayList<Long>(List.of(dirty("stack")));
    for (var more = true; more; left.add(dirty("stack"))) {
      turn = turn();
      more = Pages.proceed(turn);
      turn.write();
    }
    assertEquals(List.of(256L, 512L, 600L), left);
  }

  @Test
  void whatChangesAgainAndAgainReachesAllThatLookedItUp() {
    var certificates = Lookups.inventory("certificates");
    var turn = turn();
    for (var n = 0; n < 900; n++) {
      var reader = "c1|ingress|default/web-" + n;
      Lookups.replace(turn, Dirt.Kind.STACK, reader, Set.of(certificates));
    }
    turn.write();
    for (var again = 0; again < 4; again++) {
      turn = turn();
      Lookups.touched(turn, certificates, "the certificates changed");
      Pages.proceed(turn);
      turn.write();
    }
    assertEquals(900, dirty("stack"));
    var records = 0;
    for (var more = true; more; records++) {
      turn = turn();
      more = Pages.proceed(turn);
      turn.write();
    }
    assertTrue(records < 10, "records: " + records);
    assertEquals(0, pages());
  }
}
