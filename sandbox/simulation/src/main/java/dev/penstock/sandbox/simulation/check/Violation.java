package dev.penstock.sandbox.simulation.check;

import java.time.Instant;

/** An invariant that did not hold, when, and by what. */
public record Violation(Invariant invariant, Instant time, String text) {
  @Override
  public String toString() {
    return invariant + " (" + invariant.sentence() + ") at " + time + ": " + text;
  }
}
