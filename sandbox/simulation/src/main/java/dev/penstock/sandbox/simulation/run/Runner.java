package dev.penstock.sandbox.simulation.run;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.script.Script;

/** Runs scripts, each in a world of its own, on the caller's thread. */
public final class Runner {
  private Runner() {}

  /** The same script has the same outcome. */
  public static ScriptResult run(Script script) {
    try {
      var play = new Play(script);
      var failure = play.perform();
      var coverage = play.coverage();
      return failure.isEmpty()
          ? new ScriptResult.Passed(script, coverage)
          : new ScriptResult.Failed(script, coverage, failure.get());
    } catch (LogFailed failed) {
      throw new IllegalStateException("the log in memory failed", failed);
    }
  }
}
