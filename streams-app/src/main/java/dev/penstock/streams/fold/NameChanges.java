package dev.penstock.streams.fold;

import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Changes of names that Route 53 has taken but not yet spread to all its servers; they are asked
 * after until they are in sync.
 */
public final class NameChanges {
  private static final String PENDING = "changing ";
  private static final String BY_CHANGE = "change ";

  private NameChanges() {}

  /** Whether the newest change of the name is still spreading. */
  public static boolean spreading(Turn turn, ResourceKey name) {
    return turn.get(Table.REFERENCES, PENDING + name).isPresent();
  }

  static void written(Turn turn, ResourceKey name, List<Observation> observations) {
    if (name.kind() != ResourceKind.RECORD_NAME) {
      return;
    }
    for (var observation : observations) {
      if (observation instanceof Observation.ChangeSeen(var id, var inSync) && !inSync) {
        turn.put(Table.REFERENCES, PENDING + name, new ReferenceRow(id));
        turn.put(
            Table.REFERENCES, BY_CHANGE + id + " > " + name, new ReferenceRow(name.toString()));
      }
    }
  }

  /**
   * A write of ours that was given up may have had its effect. A name that nobody claims is left
   * alone, so it is noted that this one was, and what is found of it goes.
   */
  static void uncertain(Turn turn, ResourceKey name, String reason) {
    if (name.kind() != ResourceKind.RECORD_NAME
        || turn.get(Table.DESIRED, name.toString()).isPresent()) {
      return;
    }
    var zone = name.id().substring(0, name.id().indexOf('/'));
    var nothing = new RecordNameSpec(zone, name.id().substring(zone.length() + 1), List.of());
    var cause = new Cause(turn.seq(), name.toString(), reason, false);
    turn.put(
        Table.DESIRED,
        name.toString(),
        new DesiredRow(nothing, List.of(), Optional.of(turn.now()), cause, turn.seq()));
  }

  static void seen(Turn turn, String changeId, boolean inSync) {
    var subject = "change|" + changeId;
    if (!inSync) {
      var due = turn.now().plusMillis(turn.settings().healthPollMillis());
      Timers.setBy(turn, TimerKind.OBSERVE, subject, due);
      return;
    }
    Timers.cancel(turn, TimerKind.OBSERVE, subject);
    for (var entry : turn.scan(Table.REFERENCES, BY_CHANGE + changeId + " > ")) {
      turn.delete(Table.REFERENCES, entry.key());
      var name = ResourceKey.parse(entry.row().from());
      turn.get(Table.REFERENCES, PENDING + name)
          .filter(row -> row.from().equals(changeId))
          .ifPresent(_ -> turn.delete(Table.REFERENCES, PENDING + name));
      Dirt.stack(turn, name.stack(), "Route 53 has the change everywhere");
    }
  }
}
