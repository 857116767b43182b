package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.AuditChain;
import dev.penstock.streams.turn.Effects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    world.append(Facts.REGION, new PersonFact.CheckpointRequested("ann"));
    var first = world.effects.getLast().checkpoints();
    var from = world.log.size();
    world.upsert("watch-1", Facts.slice(3));
    world.live(5_000, 500);
    world.append(Facts.REGION, new PersonFact.CheckpointRequested("ann"));
    var second = world.effects.getLast().checkpoints();
    var tables = restored(first);
    var last = List.<Checkpoint>of();
    for (var r : world.log.subList(from, world.log.size())) {
      if (r.event().scope().equals(Facts.REGION)) {
        last = Step.step(tables, r.event(), r.position(), r.time()).checkpoints();
      }
    }
    assertTrue(first.size() > 20);
    assertEquals(second, last);
  }

  private static MemoryTables restored(List<Checkpoint> checkpoint) {
    var tables = new MemoryTables();
    for (var record : checkpoint) {
      switch (record.body()) {
        case Checkpoint.RowKept(var table, var key, var row) ->
            put(tables, Table.named(table), record.scope() + "|" + key, row);
        case Checkpoint.Head head ->
            tables.put(
                Table.CHAIN,
                record.scope() + "|",
                new ChainRow(record.seq(), head.position(), head.time(), head.chainHash()));
      }
    }
    return tables;
  }

  private static <R extends Row> void put(
      MemoryTables tables, Table<R> table, String key, Row row) {
    tables.put(table, key, table.type().cast(row));
  }
}
