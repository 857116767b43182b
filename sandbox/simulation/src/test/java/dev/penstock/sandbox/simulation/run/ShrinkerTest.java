package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.AppDeed.Roll;
import dev.penstock.sandbox.simulation.script.AppDeed.Scale;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.Happening;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A script that fails is shortened to what it needs to fail. */
class ShrinkerTest {
  private static final Deed FIRST = new Deploy(1, 1, 2, false);
  private static final Deed LAST = new Roll(1, 1, 7);
  private static final Script LONG = script();

  private static Script script() {
    var happenings = new ArrayList<Happening>();
    for (int n = 0; n < 30; n++) {
      var deed = n == 4 ? FIRST : n == 23 ? LAST : new Scale(1, 1, n);
      happenings.add(new Happening(Duration.ofSeconds(n), deed));
    }
    var fleet = new ScriptFleet(List.of(Home.WEST), 1, 21);
    return new Script(1, fleet, Layout.calm(), Duration.ZERO, happenings);
  }

  private static boolean has(Script script, Deed deed) {
    return script.happenings().stream().anyMatch(h -> h.deed().equals(deed));
  }

  @Test
  void theTwoDeedsThatItNeedsAreLeftAtTheirTimes() {
    var small = new Shrinker(s -> has(s, FIRST) && has(s, LAST)).shrink(LONG, 1000);

    assertEquals(
        List.of(
            new Happening(Duration.ofSeconds(4), FIRST),
            new Happening(Duration.ofSeconds(23), LAST)),
        small.happenings());
    assertEquals(LONG.seed(), small.seed());
    assertEquals(LONG.fleet(), small.fleet());
  }

  @Test
  void itStopsAtItsBoundWithAScriptThatStillFails() {
    var runs = new AtomicInteger();
    var small =
        new Shrinker(
                s -> {
                  runs.incrementAndGet();
                  return has(s, FIRST) && has(s, LAST);
                })
            .shrink(LONG, 5);

    assertEquals(5, runs.get());
    assertTrue(has(small, FIRST) && has(small, LAST));
    assertTrue(small.happenings().size() < LONG.happenings().size());
  }
}
