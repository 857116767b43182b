package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.Happening;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A script that found a defect once, told deed by deed. */
final class FoundScript {
  private final List<Happening> happenings = new ArrayList<>();

  FoundScript at(int seconds, Deed deed) {
    return atMillis(seconds * 1_000, deed);
  }

  FoundScript atMillis(int millis, Deed deed) {
    happenings.add(new Happening(Duration.ofMillis(millis), deed));
    return this;
  }

  /** Plays it in one cluster with room for two applications. */
  void holds() {
    holds(1, new ScriptFleet(List.of(Home.WEST), 2, 28));
  }

  /** Plays it, and fails with the script where it breaks a rule. */
  void holds(long seed, ScriptFleet fleet) {
    var script = new Script(seed, fleet, Layout.calm(), Duration.ZERO, happenings);
    if (Runner.run(script) instanceof ScriptResult.Failed failed) {
      fail(failed.failure() + "\n" + script.text());
    }
  }
}
