package dev.penstock.streams.decide;

import dev.penstock.schemas.intent.MemberIntent.Leaving;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.List;

/**
 * Who was asked to leave, in order: remembered for a while, and as long as it did not leave, so
 * that a mass of removals is seen though each of them is done soon (design §7).
 */
final class Asks {
  /** The subject of the timer that ends the memory, before the member and when it was asked. */
  private static final String ASKED = "asked|";

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private Asks() {}

  static void note(Turn turn, ObjectKey member) {
    of(turn, member + "|").forEach(before -> Timers.cancel(turn, TimerKind.DECIDE, before));
    remember(turn, member + "|" + String.format("%019d", turn.seq()));
  }

  /** The time is over for what {@link #note} remembered. */
  static void over(Turn turn, String ask) {
    var member = ObjectKey.parse(ask.substring(0, ask.lastIndexOf('|')));
    if (Intents.of(turn, member).stream()
        .anyMatch(row -> row.current().state() instanceof Leaving(var requested, _) && requested)) {
      remember(turn, ask);
    }
  }

  /** The how manieth of its namespace the member was; 0 if nobody asked it to leave. */
  static int place(Turn turn, ObjectKey member) {
    var own = of(turn, member + "|");
    if (own.isEmpty()) {
      return 0;
    }
    var namespace = member.toString().substring(0, member.toString().indexOf('/') + 1);
    var when = seq(own.getFirst());
    return (int) of(turn, namespace).stream().filter(ask -> seq(ask) <= when).count();
  }

  private static void remember(Turn turn, String ask) {
    Timers.set(turn, TimerKind.DECIDE, ASKED + ask, turn.now().plus(WINDOW));
  }

  private static List<String> of(Turn turn, String prefix) {
    return Timers.subjects(turn, TimerKind.DECIDE, ASKED + prefix);
  }

  private static long seq(String ask) {
    return Long.parseLong(ask.substring(ask.lastIndexOf('|') + 1));
  }
}
