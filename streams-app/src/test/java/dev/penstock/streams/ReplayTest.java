package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.Node;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.CheckpointRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.decide.Checkpoints;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.AuditChain;
import dev.penstock.streams.turn.Effects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same log gives the same decisions, bit for bit (I3). */
final class ReplayTest {
  private final World world = new World();

  private void recorded() {
    world.append(Facts.REGION, new PersonFact.ClusterRegistered("ann", Facts.registration()));
    world.append(
        Facts.REGION, new PersonFact.ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.MANAGE));
    world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    world.append(Facts.DNS, new CloudFact.ApplyStarted(Answers.TENURE));
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(10_000, 500);
    world.upsert("watch-1", Facts.pod(3));
    world.upsert("watch-1", Facts.slice(2, 3));
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER, "watch-1", Facts.pod(1).key(Facts.CLUSTER), "uid-web-1", true));
    world.live(10_000, 500);
  }

  @Test
  void theSameLogGivesTheSameEffectsAndTables() {
    recorded();
    var tables = new MemoryTables();
    var effects = new ArrayList<Effects>();
    world.log.forEach(r -> effects.add(Step.step(tables, r.event(), r.position(), r.time())));
    assertEquals(world.effects, effects);
    assertEquals(world.tables, tables);
  }

  @Test
  void readingASecondTimeFromAnyPlaceChangesNothing() {
    recorded();
    for (int cut = 0; cut < world.log.size(); cut += 7) {
      var tables = new MemoryTables();
      var effects = new ArrayList<Effects>();
      for (int i = 0; i < world.log.size(); i++) {
        if (i == cut) {
          world.log.subList(0, cut).forEach(r -> again(tables, r));
        }
        var r = world.log.get(i);
        effects.add(Step.step(tables, r.event(), r.position(), r.time()));
      }
      assertEquals(world.effects, effects, "cut at " + cut);
      assertEquals(world.tables, tables, "cut at " + cut);
    }
  }

  private static void again(MemoryTables tables, World.Kept r) {
    assertEquals(Effects.none(), Step.step(tables, r.event(), r.position(), r.time()));
  }

  @Test
  void scopesDecideAloneWhereverTheyLive() {
    recorded();
    for (var scope : List.of(Facts.REGION, Facts.DNS)) {
      var tables = new MemoryTables();
      var effects = new ArrayList<Effects>();
      var expected = new ArrayList<Effects>();
      for (int i = 0; i < world.log.size(); i++) {
        var r = world.log.get(i);
        if (r.event().scope().equals(scope)) {
          expected.add(world.effects.get(i));
          effects.add(Step.step(tables, r.event(), r.position() + 1_000, r.time()));
        }
      }
      assertEquals(commands(expected), commands(effects));
      assertEquals(chain(world.tables, scope).auditHash(), chain(tables, scope).auditHash());
    }
  }

  private static List<Object> commands(List<Effects> effects) {
    return effects.stream().<Object>map(Effects::commands).toList();
  }

  private static ChainRow chain(MemoryTables tables, Scope scope) {
    return tables.get(Table.CHAIN, scope + "|").orElseThrow();
  }

  @Test
  void theAuditOfEachScopeIsOneUnbrokenChain() {
    recorded();
    var heads = new TreeMap<Scope, String>();
    for (var effects : world.effects) {
      for (var record : effects.audit()) {
        assertEquals(heads.getOrDefault(record.scope(), AuditChain.START), record.previousHash());
        assertEquals(record, AuditChain.seal(bare(record)));
        heads.put(record.scope(), record.hash());
      }
    }
    assertEquals(heads.get(Facts.REGION), chain(world.tables, Facts.REGION).auditHash());
    assertTrue(heads.size() == 2);
  }

  private static AuditRecord bare(AuditRecord r) {
    return new AuditRecord(
        r.scope(), r.seq(), r.ordinal(), r.time(), r.entry(), r.previousHash(), "");
  }

  @Test
  void replayMayBeginAtACheckpointAndArrivesAtTheNextOne() {
    recorded();
    var many = IntStream.range(0, 3 * Checkpoints.SLICE).mapToObj(ReplayTest::node).toList();
    many.forEach(node -> world.upsert("watch-1", node));
    var first = requested();
    world.upsert("watch-1", Facts.slice(3));
    many.subList(0, 50).forEach(node -> world.upsert("watch-1", changed(node)));
    world.live(5_000, 500);
    var second = requested();
    var from = after(first.getFirst().seq());
    var tables = restored(first);
    var again = new ArrayList<Checkpoint>();
    for (var r : world.log.subList(from, world.log.size())) {
      if (r.event().scope().equals(Facts.REGION)) {
        again.addAll(Step.step(tables, r.event(), r.position(), r.time()).checkpoints());
      }
    }
    assertTrue(first.size() > 3 * Checkpoints.SLICE);
    assertEquals(first, again.subList(0, first.size()));
    assertEquals(second, again.subList(first.size(), again.size()));
  }

  private List<Checkpoint> requested() {
    var before = world.effects.size();
    world.append(Facts.REGION, new PersonFact.CheckpointRequested("ann"));
    return world.effects.subList(before, world.effects.size()).stream()
        .flatMap(e -> e.checkpoints().stream())
        .toList();
  }

  /** The record of the log that follows the one with that number. */
  private int after(long seq) {
    var seen = 0;
    for (int i = 0; i < world.log.size(); i++) {
      if (world.log.get(i).event().scope().equals(Facts.REGION) && ++seen == seq) {
        return i + 1;
      }
    }
    throw new AssertionError("no record " + seq);
  }

  private static Node node(int number) {
    return new Node(
        Facts.metadata("", "node-" + number, Map.of()), "", List.of(), "True", false, List.of());
  }

  private static Node changed(Node node) {
    return new Node(node.metadata(), "aws:///us-west-2a/i-1", List.of(), "True", false, List.of());
  }

  @Test
  void aCheckpointIsWrittenInSlicesAndShowsTheRowsAsTheyWereWhenItBegan() {
    recorded();
    var many = IntStream.range(0, 3 * Checkpoints.SLICE).mapToObj(ReplayTest::node).toList();
    many.forEach(node -> world.upsert("watch-1", node));
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    var tables = MemoryTables.copyOf(world.tables);
    var position = world.log.size() + 1_000L;
    var checkpoint = new ArrayList<Checkpoint>();
    var expected = new MemoryTables();
    for (int i = 0; i == 0 || tables.scan(Table.CHECKPOINT, "").size() == 1; i++) {
      var body = i == 0 ? new PersonFact.CheckpointRequested("ann") : disturbance(i, many);
      var event = new Event(Facts.REGION, Facts.REGION + "|test", body);
      var effects = Step.step(tables, event, position + i, world.now());
      assertTrue(effects.checkpoints().size() <= 2 * Checkpoints.SLICE, "record " + i);
      checkpoint.addAll(effects.checkpoints());
      if (i == 0) {
        expected = MemoryTables.copyOf(tables);
      }
    }
    assertEquals(List.of(), tables.scan(Table.COPIED, ""));
    assertEquals(ofRegion(expected), ofRegion(restored(checkpoint)));
  }

  /** Rows change, come and go while the checkpoint is written. */
  private static EventBody disturbance(int number, List<Node> nodes) {
    var node = nodes.get(nodes.size() - number);
    return switch (number % 3) {
      case 0 -> new ClusterFact.ObjectUpserted(Facts.CLUSTER, "watch-1", changed(node));
      case 1 -> new ClusterFact.ObjectUpserted(Facts.CLUSTER, "watch-1", node(99_000 + number));
      default ->
          new ClusterFact.ObjectRemoved(
              Facts.CLUSTER, "watch-1", node.key(Facts.CLUSTER), "", true);
    };
  }

  private static MemoryTables ofRegion(MemoryTables tables) {
    var region = new MemoryTables();
    Table.all().forEach(table -> copy(tables, region, table));
    return region;
  }

  private static <R extends Row> void copy(MemoryTables from, MemoryTables to, Table<R> table) {
    from.scan(table, Facts.REGION + "|").forEach(e -> to.put(table, e.key(), e.row()));
  }

  private static MemoryTables restored(List<Checkpoint> checkpoint) {
    var tables = new MemoryTables();
    for (var record : checkpoint) {
      switch (record.body()) {
        case Checkpoint.RowKept(var table, var key, var row) ->
            put(tables, Table.named(table), record.scope() + "|" + key, row);
        case Checkpoint.Head head -> {
          var chain = new ChainRow(record.seq(), head.position(), head.time(), head.chainHash());
          tables.put(Table.CHAIN, record.scope() + "|", chain);
          tables.put(
              Table.CHECKPOINT, record.scope() + "|", CheckpointRow.begin(chain, head.decisions()));
        }
      }
    }
    return tables;
  }

  private static <R extends Row> void put(
      MemoryTables tables, Table<R> table, String key, Row row) {
    tables.put(table, key, table.type().cast(row));
  }
}
