package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.simulation.script.Scenario;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.Wishes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fixed set of seeds: some of each scenario. SEEDS.md tells of those that fail. */
class SeedsSimulation {
  private static final int SEEDS = 3;

  @ParameterizedTest
  @EnumSource
  void theFirstSeedsOfEachScenarioHold(Scenario scenario) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var outcome = Runner.run(Script.draw(seed, Wishes.of(scenario)));
      if (outcome instanceof ScriptResult.Failed(var script, _, var failure)) {
        fail(scenario + " " + script.seed() + " " + failure + "\n" + script.text());
      }
    }
  }
}
