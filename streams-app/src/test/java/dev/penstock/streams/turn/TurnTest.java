package dev.penstock.streams.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Work is done as a whole or not at all, and a failing log or store is nobody's defect. */
final class TurnTest {
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final ObjectKey OBJECT =
      new ObjectKey("demo", ObjectKind.INGRESS, "default", "web");

  private static Turn turn(Tables tables) {
    return new Turn(
        tables, SCOPE, new ChainRow(0, -1, Instant.EPOCH, AuditChain.START), 0, Instant.EPOCH);
  }

  private static DirtyRow row(String subject) {
    return new DirtyRow(subject, 1, "because", false);
  }

  private static void everything(Turn turn, String subject) {
    turn.put(Table.DIRTY, subject, row(subject));
    turn.delete(Table.DIRTY, "before");
    turn.alarm(subject, "something");
    turn.event(SCOPE, "tick", new Tick(Instant.EPOCH));
    turn.settled(OBJECT);
    turn.checkpointAfterwards();
    turn.nextCommandId(OBJECT);
  }

  private static void begin(Turn turn) {
    turn.put(Table.DIRTY, "before", row("before"));
    turn.alarm("before", "something");
    turn.nextCommandId(OBJECT);
  }

  @Test
  void ofWorkThatFailsNothingIsLeftAndWhatFollowsIsAsIfItHadNotBegun() {
    var tables = new MemoryTables();
    var failing = turn(tables);
    begin(failing);
    var defect = new IllegalStateException("in the middle");
    var answered =
        failing.whole(() -> {
          everything(failing, "half");
          throw defect;
        });
    assertSame(defect, answered.orElseThrow());
    var plainTables = new MemoryTables();
    var plain = turn(plainTables);
    begin(plain);
    assertEquals(plain.effects(), failing.effects());
    assertEquals(plain.wantsCheckpoint(), failing.wantsCheckpoint());
    assertEquals(plain.nextCommandId(OBJECT), failing.nextCommandId(OBJECT));
    plain.alarm("after", "something");
    failing.alarm("after", "something");
    assertEquals(plain.effects(), failing.effects());
    plain.write();
    failing.write();
    assertEquals(plainTables, tables);
  }

  @Test
  void workThatSucceedsIsAllThere() {
    var tables = new MemoryTables();
    var turn = turn(tables);
    begin(turn);
    assertEquals(Optional.empty(), turn.whole(() -> everything(turn, "whole")));
    assertEquals(Optional.of(row("whole")), turn.get(Table.DIRTY, "whole"));
    assertEquals(Optional.empty(), turn.get(Table.DIRTY, "before"));
    turn.write();
    assertEquals(Optional.of(row("whole")), tables.get(Table.DIRTY, SCOPE + "|whole"));
    assertEquals(2, turn.effects().audit().size());
  }

  @Test
  void aDefectWithinWorkTakesOnlyTheInnerPartAlong() {
    var turn = turn(new MemoryTables());
    turn.whole(() -> {
      everything(turn, "outer");
      turn.whole(() -> {
        everything(turn, "inner");
        throw new IllegalStateException("inner");
      });
    });
    assertEquals(Optional.of(row("outer")), turn.get(Table.DIRTY, "outer"));
    assertEquals(Optional.empty(), turn.get(Table.DIRTY, "inner"));
    assertEquals(1, turn.effects().audit().size());
  }

  /** A store of a task that another instance has taken over. */
  private static final class Lost implements Tables {
    private final RuntimeException failure = new UnsupportedOperationException("task migrated");

    @Override
    public <R extends Row> Optional<R> get(Table<R> table, String key) {
      throw failure;
    }

    @Override
    public <R extends Row> void put(Table<R> table, String key, R row) {
      throw failure;
    }

    @Override
    public void delete(Table<? extends Row> table, String key) {
      throw failure;
    }

    @Override
    public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
      throw failure;
    }

    @Override
    public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
      throw failure;
    }
  }

  @Test
  void aStoreThatFailsEndsTheTurnInItsOwnWords() {
    var lost = new Lost();
    var turn = turn(lost);
    assertSame(
        lost.failure,
        assertThrows(
            UnsupportedOperationException.class,
            () -> turn.whole(() -> turn.get(Table.DIRTY, "any"))));
    assertSame(
        lost.failure,
        assertThrows(
            UnsupportedOperationException.class,
            () -> turn.whole(() -> turn.scan(Table.DIRTY, ""))));
  }
}
