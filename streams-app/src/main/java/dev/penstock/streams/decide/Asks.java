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
import java.util.HashMap;
import java.util.Map;

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

  /** As {@link Places#of}, for one object. */
  static int place(Turn turn, ObjectKey object) {
    return new Places(turn).of(object);
  }

  /** The places of many objects, for each namespace looked up once. */
  static final class Places {
    private final Turn turn;
    private final Map<String, Map<String, Integer>> byNamespace = new HashMap<>();

    Places(Turn turn) {
      this.turn = turn;
    }

    /**
     * The how manieth of its namespace the object was, counted only until there are too many; 0 if
     * nobody asked it to leave.
     */
    int of(ObjectKey object) {
      return turn.get(Table.REFERENCES, ASK + object)
          .map(own ->
              byNamespace
                  .computeIfAbsent(namespace(object), this::first)
                  .getOrDefault(own.from(), most() + 1))
          .orElse(0);
    }

    private Map<String, Integer> first(String namespace) {
      var places = new HashMap<String, Integer>();
      Timers.subjects(turn, TimerKind.DECIDE, ASKED + namespace, most())
          .forEach(subject -> places.put(subject, places.size() + 1));
      return places;
    }

    private int most() {
      return turn.settings().requestedDeletesBeforeHold();
    }
  }

  private static String namespace(ObjectKey object) {
    return object.cluster() + "|" + object.namespace() + "/";
  }

  private static void remember(Turn turn, String subject) {
    Timers.set(turn, TimerKind.DECIDE, subject, turn.now().plus(WINDOW));
  }
}
