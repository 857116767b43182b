package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Role;

/**
 * How many partitions there are and machines of each role, and whether things take time on their
 * way.
 */
public record Layout(
    int partitions, int streams, int appliers, int watchers, int objectAppliers, boolean delayed) {
  private static final int MOST_PARTITIONS = 3;
  private static final int MOST_MACHINES = 2;

  /** One machine of each role, and nothing takes time. */
  public static Layout calm() {
    return new Layout(4, 1, 1, 1, 1, false);
  }

  /** A small busy system, drawn from the seed. */
  public static Layout drawn(long seed) {
    var chance = new Chance(seed).of("layout");
    return new Layout(
        1 + chance.below(MOST_PARTITIONS, 0),
        1 + chance.below(MOST_MACHINES, 1),
        1 + chance.below(MOST_MACHINES, 2),
        1 + chance.below(MOST_MACHINES, 3),
        1 + chance.below(MOST_MACHINES, 4),
        true);
  }

  int of(Role role) {
    return switch (role) {
      case STREAM -> streams;
      case APPLY -> appliers;
      case WATCH -> watchers;
      case OBJECTS -> objectAppliers;
    };
  }
}
