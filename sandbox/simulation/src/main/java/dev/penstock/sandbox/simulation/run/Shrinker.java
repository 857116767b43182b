package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.script.Happening;
import dev.penstock.sandbox.simulation.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Shortens a script that fails by leaving out happenings while it still does (delta debugging): in
 * the end none can be left out alone.
 */
public final class Shrinker {
  private final Predicate<Script> fails;
  private int runs;

  /** {@code fails} says whether a script still fails in the same way. */
  public Shrinker(Predicate<Script> fails) {
    this.fails = fails;
  }

  /** The shortest script found in at most so many runs. */
  public Script shrink(Script script, int atMost) {
    var left = new ArrayList<>(script.happenings());
    var parts = 2;
    while (left.size() > 1 && runs < atMost) {
      var without = withoutOnePart(script, left, parts, atMost);
      if (without.size() < left.size()) {
        left = new ArrayList<>(without);
        parts = Math.max(parts - 1, 2);
      } else if (parts >= left.size()) {
        break;
      } else {
        parts = Math.min(parts * 2, left.size());
      }
    }
    return script.with(left);
  }

  private List<Happening> withoutOnePart(
      Script script, List<Happening> happenings, int parts, int atMost) {
    var size = happenings.size();
    for (int part = 0; part < parts && runs < atMost; part++) {
      var rest = new ArrayList<>(happenings.subList(0, size * part / parts));
      rest.addAll(happenings.subList(size * (part + 1) / parts, size));
      runs++;
      if (fails.test(script.with(rest))) {
        return rest;
      }
    }
    return happenings;
  }
}
