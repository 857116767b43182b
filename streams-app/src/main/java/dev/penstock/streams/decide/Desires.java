package dev.penstock.streams.decide;

import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The desired table of one stack: what a plan leaves out becomes unwanted, not forgotten. */
final class Desires {
  private Desires() {}

  static void keep(Turn turn, StackId stack, List<Desired> resources, Cause cause) {
    var wanted = new HashSet<ResourceKey>();
    for (var desired : resources) {
      wanted.add(desired.key());
      want(turn, desired, cause);
    }
    for (var entry : turn.scan(Table.DESIRED, stack + "|")) {
      if (entry.row().wanted() && !wanted.contains(ResourceKey.parse(entry.key()))) {
        unwant(turn, entry.key(), entry.row(), cause);
      }
    }
  }

  /**
   * While nothing can be planned only removals apply: what was wanted by members alone that are
   * leaving, and that do not ask for the load balancer to stay.
   */
  static void leave(Turn turn, StackId stack, List<MemberRow> members, Cause cause) {
    var staying = new HashSet<ObjectKey>();
    for (var row : members) {
      if (!(row.current().state() instanceof MemberIntent.Leaving(_, var obstacle))
          || obstacle.isPresent()) {
        staying.add(row.current().member());
      }
    }
    for (var entry : turn.scan(Table.DESIRED, stack + "|")) {
      var by = entry.row().wantedBy();
      if (entry.row().wanted() && !by.isEmpty() && Collections.disjoint(by, staying)) {
        unwant(turn, entry.key(), entry.row(), cause);
      }
    }
  }

  /** Wants more, and gives nothing up. */
  static void add(Turn turn, List<Desired> resources, Cause cause) {
    resources.forEach(desired -> want(turn, desired, cause));
  }

  private static void want(Turn turn, Desired desired, Cause cause) {
    var key = desired.key().toString();
    var before = turn.get(Table.DESIRED, key);
    var same =
        before
            .filter(DesiredRow::wanted)
            .filter(row -> row.spec().equals(desired.spec()))
            .filter(row -> row.wantedBy().equals(desired.wantedBy()));
    if (same.isEmpty()) {
      turn.put(
          Table.DESIRED,
          key,
          new DesiredRow(desired.spec(), desired.wantedBy(), Optional.empty(), cause, turn.seq()));
    }
  }

  /** What other code wants, and is there by now, differs later for reasons that are not its own. */
  static void reached(Turn turn, ResourceKey key, DesiredRow row) {
    var cause = row.cause();
    if (cause.otherCode()) {
      var sentence = "as it was when " + cause.sentence();
      var done = new Cause(cause.seq(), cause.subject(), sentence, false);
      turn.put(
          Table.DESIRED,
          key.toString(),
          new DesiredRow(row.spec(), row.wantedBy(), row.unwantedSince(), done, row.seq()));
    }
  }

  /** From now on nobody wants it. */
  static void unwant(Turn turn, String key, DesiredRow row, Cause cause) {
    turn.put(
        Table.DESIRED,
        key,
        new DesiredRow(row.spec(), row.wantedBy(), Optional.of(turn.now()), cause, turn.seq()));
  }
}
