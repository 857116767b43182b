package dev.penstock.sandbox.simulation.script;

import java.time.Duration;

/** A deed and its time, counted from the start of the run. */
public record Happening(Duration at, Deed deed) implements Comparable<Happening> {
  @Override
  public int compareTo(Happening other) {
    return at.compareTo(other.at);
  }

  @Override
  public String toString() {
    return "%d:%02d:%02d.%03d  %s"
        .formatted(at.toHours(), at.toMinutesPart(), at.toSecondsPart(), at.toMillisPart(), deed);
  }
}
