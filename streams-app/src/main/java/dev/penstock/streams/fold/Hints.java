package dev.penstock.streams.fold;

import dev.penstock.schemas.event.CloudFact.ChangeHinted;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;

/** A word from outside that a resource changed: a reason to look, no proof. */
final class Hints {
  private Hints() {}

  static void hinted(Turn turn, ChangeHinted fact) {
    Observed.byId(turn, fact.resourceId())
        .ifPresent(key -> {
          var settled = turn.now().plusMillis(turn.settings().consistencyWindowMillis());
          Timers.setBy(turn, TimerKind.OBSERVE, key.toString(), settled);
        });
  }
}
