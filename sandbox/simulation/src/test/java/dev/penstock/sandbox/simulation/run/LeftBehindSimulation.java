package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Mistake;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import dev.penstock.sandbox.simulation.script.RouteDeed.Regroup;
import dev.penstock.sandbox.simulation.script.RouteDeed.Spoil;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Found scripts of a member that goes to a group that cannot serve it, and is served on in the
 * former one: whoever is there waits for what it had.
 */
class LeftBehindSimulation {
  private static final ScriptFleet THREE_APPS = new ScriptFleet(List.of(Home.WEST), 3, 27);

  @Test
  void itsSchemeStandsWhereItWas() {
    apps()
        .at(20, new Publish(1, 1, new Route(1, 5, 1, "/", true, false, false)))
        .at(21, new Publish(1, 2, new Route(2, 3, 2, "/", false, false, false)))
        .at(60, new Publish(1, 3, new Route(2, 7, 3, "/", true, false, false)))
        .at(400, new Regroup(1, 2, 1, 3))
        .holds(101885, THREE_APPS);
  }

  @Test
  void itsSchemeStandsWhereItWasThoughItAsksForAnotherNow() {
    apps()
        .at(20, new Publish(1, 1, new Route(1, 5, 1, "/", false, false, false)))
        .at(21, new Publish(1, 2, new Route(2, 3, 2, "/", false, false, false)))
        .at(60, new Publish(1, 3, new Route(2, 7, 3, "/", true, false, false)))
        .at(400, new Publish(1, 2, new Route(1, 3, 2, "/", true, false, false)))
        .holds(101885, THREE_APPS);
  }

  @Test
  void itsSchemeStandsWhereItWasWhenItWentAndIsWrong() {
    apps()
        .at(21, new Publish(1, 2, new Route(2, 3, 2, "/", false, false, false)))
        .at(60, new Publish(1, 3, new Route(2, 7, 3, "/", true, false, false)))
        .at(400, new Spoil(1, 2, Mistake.JSON))
        .at(500, new Regroup(1, 2, 1, 3))
        .holds(101885, THREE_APPS);
  }

  @Test
  void whoComesToTheGroupThatItLeftWaitsForItsScheme() {
    apps()
        .at(20, new Publish(1, 1, new Route(1, 5, 1, "/", false, false, false)))
        .at(21, new Publish(1, 2, new Route(2, 3, 2, "/", true, false, false)))
        .at(60, new Publish(1, 3, new Route(3, 7, 3, "/", false, false, false)))
        .at(400, new Regroup(1, 2, 3, 3))
        .at(900, new Regroup(1, 1, 2, 3))
        .holds(101885, THREE_APPS);
  }

  @Test
  void itsRulesAnswerFirstWhereItWas() {
    apps()
        .at(20, new Publish(1, 1, new Route(1, 5, 1, "/", true, false, false)))
        .at(60, new Publish(1, 2, new Route(2, 3, 1, "/", false, false, false)))
        .at(120, new Publish(1, 3, new Route(2, 7, 1, "/", false, false, false)))
        .at(400, new Regroup(1, 2, 1, 3))
        .holds(101885, THREE_APPS);
  }

  private static FoundScript apps() {
    return new FoundScript()
        .at(5, new Deploy(1, 1, 1, false))
        .at(6, new Deploy(1, 2, 2, false))
        .at(7, new Deploy(1, 3, 3, false));
  }
}
