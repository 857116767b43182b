package dev.penstock.sandbox.simulation.script;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One seed's story: everything that happens, in order. Performing it draws nothing, so the same
 * script gives the same run, and a script with fewer happenings is one, too.
 */
public record Script(long seed, ScriptFleet fleet, List<Happening> happenings) {
  public Script {
    happenings = happenings.stream().sorted().toList();
  }

  /** The story of this seed. */
  public static Script draw(long seed, Wishes wishes) {
    return new Draw(seed, wishes).script();
  }

  /** The same with these happenings alone. */
  public Script with(List<Happening> fewer) {
    return new Script(seed, fleet, fewer);
  }

  /** One line for each happening. */
  public String text() {
    return happenings.stream().map(h -> "  " + h + "\n").collect(Collectors.joining());
  }
}
