package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Turn;

/** A Tick carries nothing but that time has passed, or that work remains. */
final class Ticks {
  private Ticks() {}

  static void tick(Turn turn, Tick fact) {
    turn.dueBy(fact.due());
    Dirt.tickRead(turn);
  }
}
