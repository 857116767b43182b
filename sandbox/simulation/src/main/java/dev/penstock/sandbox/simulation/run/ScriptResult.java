package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.script.Script;
import java.time.Duration;

/** What became of a script. */
public sealed interface ScriptResult {
  Script script();

  Coverage coverage();

  /** All that must hold held, at every moment and at the end. */
  record Passed(Script script, Coverage coverage) implements ScriptResult {}

  /** The first thing that did not hold. */
  record Failed(Script script, Coverage coverage, Failure failure) implements ScriptResult {}

  /**
   * @param rule an invariant ({@code I5}), {@code converges}, or {@code defect} for an exception
   * @param after when, counted from the start of the run
   */
  record Failure(String rule, Duration after, String text) {}
}
