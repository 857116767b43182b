package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.MachineDeed;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one small story counts. */
class CountingTest {
  private static final ScriptFleet FLEET = new ScriptFleet(List.of(Home.WEST), 2, 28);

  private static Coverage counted(Deed... deeds) throws Exception {
    var world = new PlayedWorld(Pipeline.start(1, FLEET.built()), FLEET);
    var performer = new Performer(world);
    for (var deed : deeds) {
      performer.perform(deed);
      world.pipeline().pass(Duration.ofMinutes(2));
    }
    var coverage = Coverage.none();
    coverage.add(
        Coverage.of(world.pipeline(), FLEET.scopes(), List.of(deeds), performer.refused()));
    return coverage;
  }

  private static Deed kill(Role role, Point point) {
    return new MachineDeed.Strike(
        new MachineTrouble.Kill(role, 0, Optional.of(point), Duration.ofSeconds(3)));
  }

  @Test
  void whatIsMadeChangedAndDeletedIsAVerdict() throws Exception {
    var coverage =
        counted(
            new AppDeed.Deploy(1, 1, 2, false),
            new RouteDeed.Publish(1, 1, Route.of(1)),
            new RouteDeed.Unpublish(1, 1));

    assertTrue(coverage.count(Countable.VERDICTS, "Create") > 0, coverage.text());
    assertTrue(coverage.count(Countable.VERDICTS, "Delete") > 0, coverage.text());
  }

  @Test
  void troubleIsCountedAtItsPointOnceItCame() throws Exception {
    var coverage =
        counted(
            kill(Role.APPLY, Point.ATTEMPTED),
            kill(Role.WATCH, Point.APPENDED),
            kill(Role.OBJECTS, Point.ATTEMPTED),
            new AppDeed.Deploy(1, 1, 2, false),
            new RouteDeed.Publish(1, 1, Route.of(1)));

    assertEquals(1, coverage.count(Countable.STRUCK, "Kill APPLY at ATTEMPTED"), coverage.text());
    assertEquals(1, coverage.count(Countable.STRUCK, "Kill WATCH at APPENDED"));
    assertEquals(0, coverage.count(Countable.STRUCK, "Kill STREAM at SENT"));
    assertEquals(
        Countable.all().get(Countable.STRUCK).size(),
        coverage.counts().get(Countable.STRUCK).size(),
        "each kind that comes is one that could");
  }
}
