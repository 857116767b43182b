package dev.penstock.sandbox.simulation.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
 * which one each defect is found and by which rule. It takes half an hour, so {@code mvn verify}
 * leaves it out; SEEDS.md says how it is run.
 */
final class MutantHunt {
  private static final int LONGEST = 70;

  /** How many seeds each defect has to be found in; scenarios take turns. */
  private static final int SEEDS = Integer.getInteger("mutants.seeds", 200);

  /** Only the defects whose names hold this. */
  private static final String ONLY = System.getProperty("mutants.only", "");

  private final PrintStream out = System.out;

  @Test
  void eachDefectIsFound() throws InterruptedException, ExecutionException {
    var mutants = Mutant.ALL.stream().filter(mutant -> mutant.name().contains(ONLY)).toList();
    var hunts = new ArrayList<Future<String>>();
    try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      mutants.forEach(mutant -> hunts.add(pool.submit(() -> hunt(mutant))));
      out.printf("| %-36s | found at | as |%n|---|---|---|%n", "defect");
      var missed = new ArrayList<String>();
      for (int i = 0; i < mutants.size(); i++) {
        var found = hunts.get(i).get();
        out.printf("| %-36s | %s |%n", mutants.get(i).name(), found);
        if (found.startsWith("not found")) {
          missed.add(mutants.get(i).name());
        }
      }
      assertEquals(List.of(), missed);
    }
  }

  private static String hunt(Mutant mutant) throws ReflectiveOperationException {
    var loader = new MutantLoader(mutant);
    var trial = trial(loader);
    for (int play = 0; play < SEEDS; play++) {
      var scenario = Scenario.values()[play % Scenario.values().length];
      long seed = 1 + play / Scenario.values().length;
      var failure = trial.apply(scenario.name(), seed);
      if (!failure.isEmpty() && new Trial().apply(scenario.name(), seed).isEmpty()) {
        var line = failure.lines().findFirst().orElse("");
        return "%d: %s %d | %s"
            .formatted(
                play + 1, scenario, seed, line.substring(0, Math.min(LONGEST, line.length())));
      }
    }
    if (loader.changed() == 0) {
      throw new IllegalStateException("no method has the defect: " + mutant);
    }
    return "not found in " + SEEDS + " | ";
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<String, Long, String> trial(MutantLoader loader)
      throws ReflectiveOperationException {
    return (BiFunction<String, Long, String>)
        loader.loadClass(Trial.class.getName()).getDeclaredConstructor().newInstance();
  }
}
