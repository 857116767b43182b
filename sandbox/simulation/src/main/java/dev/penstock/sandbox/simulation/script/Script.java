package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.machines.Layout;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One seed's story: everything that happens, in order, on so many machines. Performing it draws
 * nothing, so the same script gives the same run, and a script with fewer happenings is one, too.
 *
 * @param tail how long what went wrong may last after the last happening
 */
public record Script(
    long seed, ScriptFleet fleet, Layout layout, Duration tail, List<Happening> happenings) {
  public Script {
    happenings = happenings.stream().sorted().toList();
  }

  /** The story of this seed. */
  public static Script draw(long seed, Wishes wishes) {
    return new Draw(seed, wishes).script();
  }

  /** The same with these happenings alone. */
  public Script with(List<Happening> fewer) {
    return new Script(seed, fleet, layout, tail, fewer);
  }

  /** When the last of it happened, since the start. */
  public Duration length() {
    return happenings.isEmpty() ? Duration.ZERO : happenings.getLast().at();
  }

  /** One line for each happening. */
  public String text() {
    return happenings.stream().map(h -> "  " + h + "\n").collect(Collectors.joining());
  }
}
