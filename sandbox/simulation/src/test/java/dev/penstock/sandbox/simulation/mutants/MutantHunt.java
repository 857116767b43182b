package dev.penstock.sandbox.simulation.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.penstock.sandbox.simulation.script.Scenario;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Plays seeds with each defect in the product until one fails that holds without it, and prints at
 * which one each defect is found and by which rule. That is thousands of seeds, so {@code mvn
 * verify} leaves it out; SEEDS.md says how it is run.
 */
final class MutantHunt {
  private static final int LONGEST = 70;

  /** How many seeds each defect has to be found in; scenarios take turns. */
  private static final int SEEDS = Integer.getInteger("mutants.seeds", 200);

  /** Only the defects whose names hold this. */
  private static final String ONLY = System.getProperty("mutants.only", "");

  /** What became of a defect, and its row of the table. */
  private record Hunted(boolean found, String told) {}

  private final PrintStream out = System.out;

  @Test
  void eachDefectIsFound() throws InterruptedException, ExecutionException {
    var mutants = Mutant.ALL.stream().filter(mutant -> mutant.name().contains(ONLY)).toList();
    assertFalse(mutants.isEmpty(), "no defect has a name with: " + ONLY);
    var hunts = new ArrayList<Future<Hunted>>();
    try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      mutants.forEach(mutant -> hunts.add(pool.submit(() -> hunt(mutant))));
      out.printf("| %-36s | found at | as |%n|---|---|---|%n", "defect");
      var missed = new ArrayList<String>();
      for (int i = 0; i < mutants.size(); i++) {
        var hunted = hunts.get(i).get();
        var name = mutants.get(i).name();
        out.printf("| %-36s | %s |%n", name, hunted.told());
        if (!hunted.found()) {
          missed.add(name);
        }
      }
      assertEquals(List.of(), missed);
    }
  }

  /** At which seed the defect is found, and as what. */
  private static Hunted hunt(Mutant mutant) throws ReflectiveOperationException {
    var loader = new MutantLoader(mutant);
    if (!loader.isMade()) {
      return new Hunted(false, "no method can have it | ");
    }
    var trial = trial(loader);
    for (int play = 0; play < SEEDS; play++) {
      var scenario = Scenario.values()[play % Scenario.values().length];
      long seed = 1 + play / Scenario.values().length;
      var failure = trial.apply(scenario.name(), seed);
      if (!failure.isEmpty() && new Trial().apply(scenario.name(), seed).isEmpty()) {
        var line = failure.lines().findFirst().orElse("");
        var as = line.substring(0, Math.min(LONGEST, line.length()));
        return new Hunted(true, "%d: %s %d | %s".formatted(play + 1, scenario, seed, as));
      }
    }
    return new Hunted(false, "not found in " + SEEDS + " | ");
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<String, Long, String> trial(MutantLoader loader)
      throws ReflectiveOperationException {
    return (BiFunction<String, Long, String>)
        loader.loadClass(Trial.class.getName()).getDeclaredConstructor().newInstance();
  }
}
