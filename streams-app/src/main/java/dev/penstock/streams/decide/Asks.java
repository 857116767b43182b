package dev.penstock.streams.decide;

import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.table.BindingRow.Departure;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;

/**
 * Who was asked to leave, in order: remembered for a while, and as long as it did not leave, so
 * that a mass of removals is seen though each of them is done soon (design §7).
 */
final class Asks {
  /** The subject of the timer that ends the memory: before the namespace, the seq and who. */
  private static final String ASKED = "asked|";

  /** Where the timer of an object is, under the object. */
  private static final String ASK = "asked-of ";

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private Asks() {}

  static void note(Turn turn, ObjectKey object) {
    turn.get(Table.REFERENCES, ASK + object)
        .ifPresent(before -> Timers.cancel(turn, TimerKind.DECIDE, before.from()));
    var subject = ASKED + namespace(object) + String.format("%019d|", turn.seq()) + object;
    turn.put(Table.REFERENCES, ASK + object, new ReferenceRow(subject));
    remember(turn, subject);
  }

  /** The time is over for what {@link #note} remembered. */
  static void over(Turn turn, String ask) {
    var object = ObjectKey.parse(ask.substring(ask.indexOf('|', ask.indexOf('/')) + 1));
    if (isLeaving(turn, object)) {
      remember(turn, ASKED + ask);
    } else {
      turn.delete(Table.REFERENCES, ASK + object);
    }
  }

  private static boolean isLeaving(Turn turn, ObjectKey object) {
    return object.kind() == ObjectKind.TARGET_GROUP_BINDING
        ? turn.get(Table.BINDINGS, UserGroups.group(object).toString())
            .filter(row -> row.wanted() && row.departure() == Departure.REQUESTED)
            .isPresent()
        : Intents.of(turn, object).stream()
            .anyMatch(
                row -> row.current().state() instanceof Leaving leaving && leaving.requested());
  }

  /**
   * The how manieth of its namespace the object was, counted only until there are too many; 0 if
   * nobody asked it to leave.
   */
  static int place(Turn turn, ObjectKey object) {
    var own = turn.get(Table.REFERENCES, ASK + object);
    if (own.isEmpty()) {
      return 0;
    }
    var most = turn.settings().requestedDeletesBeforeHold();
    var first = Timers.subjects(turn, TimerKind.DECIDE, ASKED + namespace(object), most);
    var index = first.indexOf(own.get().from());
    return index < 0 ? most + 1 : index + 1;
  }

  private static String namespace(ObjectKey object) {
    return object.cluster() + "|" + object.namespace() + "/";
  }

  private static void remember(Turn turn, String subject) {
    Timers.set(turn, TimerKind.DECIDE, subject, turn.now().plus(WINDOW));
  }
}
