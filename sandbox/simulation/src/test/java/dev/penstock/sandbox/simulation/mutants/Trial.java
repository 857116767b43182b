package dev.penstock.sandbox.simulation.mutants;

import dev.penstock.sandbox.simulation.run.Runner;
import dev.penstock.sandbox.simulation.run.ScriptResult;
import dev.penstock.sandbox.simulation.script.Scenario;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.Wishes;
import java.util.function.BiFunction;

/** One story, played by the product that this class was loaded with; what did not hold in it. */
public final class Trial implements BiFunction<String, Long, String> {
  @Override
  public String apply(String scenario, Long seed) {
    return switch (Runner.run(Script.draw(seed, Wishes.of(Scenario.valueOf(scenario))))) {
      case ScriptResult.Failed failed -> failed.failure().rule() + ": " + failed.failure().text();
      case ScriptResult.Passed _ -> "";
    };
  }
}
