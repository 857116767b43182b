package dev.penstock.sandbox.simulation.mutants;

import dev.penstock.sandbox.simulation.script.Scenario;
import java.util.function.BiFunction;

/**
 * Plays the first seeds of each scenario with each defect in the product, and prints at which one
 * it is found and by which rule. Arguments: how many seeds of each scenario, and a part of the
 * defects' names, to play only some.
 */
public final class MutantsMain {
  private static final int LONGEST = 90;

  private MutantsMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    var seeds = args.length > 0 ? Long.parseLong(args[0]) : 3;
    var part = args.length > 1 ? args[1] : "";
    int missed = 0;
    int played = 0;
    for (var mutant : Mutant.ALL) {
      if (mutant.name().contains(part)) {
        var found = found(mutant, seeds);
        System.out.printf("%-36s %s%n", mutant.name(), found);
        missed += found.startsWith("not found") ? 1 : 0;
        played++;
      }
    }
    System.out.println(played - missed + " of " + played + " defects were found");
  }

  /** Where the defect was found; scenarios take turns, so that each comes early. */
  private static String found(Mutant mutant, long seeds) throws ReflectiveOperationException {
    var loader = new MutantLoader(mutant);
    var trial = trial(loader);
    int plays = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      for (var scenario : Scenario.values()) {
        plays++;
        var failure = trial.apply(scenario.name(), seed);
        if (!failure.isEmpty()) {
          var line = failure.lines().findFirst().orElse("");
          return "%s %d, %s"
              .formatted(scenario, seed, line.substring(0, Math.min(LONGEST, line.length())));
        }
      }
    }
    if (loader.changed() == 0) {
      throw new IllegalStateException("no method has the defect: " + mutant);
    }
    return "not found in " + plays + " stories";
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<String, Long, String> trial(MutantLoader loader)
      throws ReflectiveOperationException {
    return (BiFunction<String, Long, String>)
        loader.loadClass(Trial.class.getName()).getDeclaredConstructor().newInstance();
  }
}
