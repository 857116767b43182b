package dev.penstock.streams.decide;

import dev.penstock.plan.policy.Circumstances.Leaving;
import dev.penstock.plan.policy.Circumstances.Requested;
import dev.penstock.plan.policy.Circumstances.Unasked;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.table.BindingRow;
import dev.penstock.schemas.table.BindingRow.Departure;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/**
 * When the binding that a person made lets go of its targets: at once if its object was deleted;
 * held if the object vanished, or if too many of a namespace are deleted at a time (design §7).
 * What is held goes on being mirrored.
 */
final class Releases {
  private Releases() {}

  /** The row after what is decided about its departure. */
  static BindingRow decide(Turn turn, ResourceKey group, BindingRow row) {
    if (!row.wanted() || row.departure() == Departure.NONE) {
      return row;
    }
    var holds = new Holds(turn, group.stack());
    var departures = new Departures(turn, group.stack(), holds);
    var held = departures.held(leaving(turn, group, row), group.toString());
    holds.leaving(group.toString());
    held.ifPresent(verdict -> holds.hold(group.toString(), verdict));
    holds.close();
    if (held.isEmpty()) {
      Bindings.release(turn, group, row);
      return turn.get(Table.BINDINGS, group.toString()).orElseThrow();
    }
    if (holds.standing().isEmpty()) {
      Dirt.stack(turn, group.stack(), "its departure is held");
    }
    return row;
  }

  private static Leaving leaving(Turn turn, ResourceKey group, BindingRow row) {
    if (row.departure() == Departure.INFERRED) {
      return new Unasked("TargetGroupBinding " + group.stack().id() + " vanished");
    }
    var object = UserGroups.object(group.stack());
    if (Asks.place(turn, object) == 0) {
      Asks.note(turn, object);
    }
    return new Requested(object.namespace(), Asks.place(turn, object));
  }

  /** The hold of the group's departure. */
  static Optional<HoldRow> hold(Turn turn, ResourceKey group) {
    return Holds.of(turn, group.stack()).stream().map(e -> e.row()).findFirst();
  }

  /** Nothing of the stack departs, or all of it did: its holds are over. */
  static void over(Turn turn, StackId stack) {
    new Holds(turn, stack).close();
  }
}
