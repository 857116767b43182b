package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.simulation.script.Scenario;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.Wishes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fixed set of seeds: some of each scenario. Those that show a defect which is not mended yet
 * are left out by name; SEEDS.md tells of each.
 */
class SeedsSimulation {
  private static final int SEEDS = 3;
  private static final Map<Scenario, Set<Long>> OPEN = Map.of(Scenario.GROUPS, Set.of(1L));

  @ParameterizedTest
  @EnumSource
  void theFirstSeedsOfEachScenarioHold(Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      if (OPEN.getOrDefault(scenario, Set.of()).contains(seed)) {
        continue;
      }
      var outcome = Runner.run(Script.draw(seed, Wishes.of(scenario)));
      if (outcome instanceof ScriptResult.Failed(var script, _, var failure)) {
        fail(scenario + " " + script.seed() + " " + failure + "\n" + script.text());
      }
    }
  }
}
