package dev.penstock.streams;

import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.streams.decide.Checkpoints;
import dev.penstock.streams.decide.Decide;
import dev.penstock.streams.fold.Fold;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.turn.AuditChain;
import dev.penstock.streams.turn.Effects;
import dev.penstock.streams.turn.Turn;
import java.time.Instant;

/**
 * The reconciler: one record of the log into the tables, and what follows from it. Deterministic
 * and total: the same log gives the same effects bit for bit, in whatever batches it is read (I3).
 */
public final class Step {
  private static final ChainRow BEFORE_ALL = new ChainRow(0, -1, Instant.EPOCH, AuditChain.START);

  private Step() {}

  /**
   * Takes one record. Positions of a scope grow; one that was taken before has no effect.
   *
   * @param position the record's offset in the scope's partition
   * @param appendTime when the log took it
   */
  public static Effects step(Tables tables, Event event, long position, Instant appendTime) {
    var before = chain(tables, event.scope());
    if (position <= before.position()) {
      return Effects.none();
    }
    var turn = new Turn(tables, event.scope(), before, position, appendTime);
    Fold.take(turn, event);
    Decide.decide(turn);
    Checkpoints.complete(turn);
    turn.write();
    return turn.effects();
  }

  /** Where a scope stands; before its first record, at seq 0. */
  public static ChainRow chain(Tables tables, Scope scope) {
    return tables.get(Table.CHAIN, scope + "|").orElse(BEFORE_ALL);
  }
}
