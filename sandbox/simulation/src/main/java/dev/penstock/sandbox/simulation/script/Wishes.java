package dev.penstock.sandbox.simulation.script;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a script is drawn from: a scenario, and which families of troubles may occur beside the work
 * of users.
 */
public record Wishes(Scenario scenario, Set<Family> troubles) {
  public Wishes {
    troubles = troubles.isEmpty() ? EnumSet.noneOf(Family.class) : EnumSet.copyOf(troubles);
  }

  /** The scenario with all that can go wrong in it. */
  public static Wishes of(Scenario scenario) {
    return new Wishes(scenario, EnumSet.allOf(Family.class));
  }

  int weight(Family family) {
    var wanted = family.isWork() || troubles.contains(family);
    return wanted ? scenario.weight(family) : 0;
  }
}
