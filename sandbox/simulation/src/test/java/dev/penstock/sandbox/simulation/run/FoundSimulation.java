package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.fail;

import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.DefinitionRemoved;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.HandDeed.EditRecord;
import dev.penstock.sandbox.simulation.script.Happening;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed.Mend;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import dev.penstock.sandbox.simulation.script.RouteDeed.Unpublish;
import dev.penstock.sandbox.simulation.script.Script;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts that found a defect once, shortened. */
class FoundSimulation {
  private final List<Happening> happenings = new ArrayList<>();

  private FoundSimulation at(int seconds, Deed deed) {
    happenings.add(new Happening(Duration.ofSeconds(seconds), deed));
    return this;
  }

  private void holds() {
    var script = new Script(1, new ScriptFleet(List.of(Home.WEST), 1, 28), happenings);
    if (Runner.run(script) instanceof ScriptResult.Failed failed) {
      fail(failed.failure() + "\n" + script.text());
    }
  }

  @Test
  void aNameThatWasEditedByHandStillGoesWithItsIngress() {
    at(10, new Publish(1, 1, Route.of(1)))
        .at(75, new EditRecord(1, 1))
        .at(120, new Unpublish(1, 1))
        .holds();
  }

  @Test
  void aDefinitionThatGoesWithOurMirrorsIsNotFoughtOver() {
    at(5, new Deploy(1, 1, 1, false))
        .at(10, new Publish(1, 1, Route.of(1)))
        .at(
            240,
            new DefinitionRemoved(1, "targetgroupbindings.elbv2.k8s.aws", Duration.ofMinutes(1)))
        .holds();
  }

  @Test
  void nodesServeWhileTheReplacementOfTheirGroupWaitsForAnOperator() {
    at(15, new Deploy(1, 1, 2, true))
        .at(30, new Publish(1, 1, new Route(1, 4, 3, "/", true, false, true)))
        .at(228, new Mend(1, 1))
        .at(900, new Unpublish(1, 2))
        .holds();
  }
}
