package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.script.AppDeed.DeleteService;
import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.AppDeed.Gate;
import dev.penstock.sandbox.simulation.script.AppDeed.KillPod;
import dev.penstock.sandbox.simulation.script.AppDeed.Roll;
import dev.penstock.sandbox.simulation.script.AppDeed.Scale;
import dev.penstock.sandbox.simulation.script.AppDeed.Sicken;
import dev.penstock.sandbox.simulation.script.CloudTrouble.Lags;
import dev.penstock.sandbox.simulation.script.CloudTrouble.LosesAnswers;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.Swap;
import dev.penstock.sandbox.simulation.script.HandDeed.DeleteListener;
import dev.penstock.sandbox.simulation.script.HandDeed.RegisterStranger;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.MachineDeed.Strike;
import dev.penstock.sandbox.simulation.script.NodeDeed.NodeFails;
import dev.penstock.sandbox.simulation.script.OperatorDeed.PauseCluster;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed.Bind;
import dev.penstock.sandbox.simulation.script.RouteDeed.Mend;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import dev.penstock.sandbox.simulation.script.RouteDeed.Unpublish;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Found scripts about the targets of groups: who is registered, who leaves, who is found. */
class FoundTargetsSimulation {
  @Test
  void aPodOfAGroupThatWasUnusedUntilItsRuleWasMadeIsMissed() {
    new FoundScript()
        .atMillis(6_998, new Strike(new MachineTrouble.LoseAcknowledgement(Role.APPLY, 1)))
        .atMillis(21_070, new Deploy(1, 2, 1, false))
        .atMillis(24_257, new Publish(1, 2, new Route(1, 8, 4, "/", false, false, false)))
        .atMillis(200_431, new Roll(1, 2, 54))
        .holds(71_041, new ScriptFleet(List.of(Home.WEST), 3, 21));
  }

  @Test
  void nodesServeWhileTheReplacementOfTheirGroupWaitsForAnOperator() {
    new FoundScript()
        .at(15, new Deploy(1, 1, 2, true))
        .at(30, new Publish(1, 1, new Route(1, 4, 3, "/", true, false, true)))
        .at(228, new Mend(1, 1))
        .at(900, new Unpublish(1, 2))
        .holds();
  }

  @Test
  void theLogsSlowClockMakesNoPodUnheardOf() {
    var slow = new MachineTrouble.LogClock(Duration.ofMillis(-2_759), Duration.ofSeconds(12));
    new FoundScript()
        .atMillis(12_669, new Deploy(1, 1, 2, false))
        .atMillis(20_663, new Publish(1, 1, Route.of(1)))
        .atMillis(70_352, new Scale(1, 1, 0))
        .atMillis(99_280, new Strike(slow))
        .holds();
  }

  @Test
  void aStrangerInAGroupWithoutTargetsIsFoundByTheSweep() {
    new FoundScript()
        .at(12, new Deploy(1, 1, 2, false))
        .at(19, new Publish(1, 1, Route.of(2)))
        .at(162, new Scale(1, 1, 0))
        .at(439, new RegisterStranger(1, 7))
        .holds();
  }

  @Test
  void aTargetThatStaysUnhealthyIsLookedAtMoreAndMoreSeldom() {
    new FoundScript()
        .at(15, new Deploy(1, 1, 1, true))
        .at(29, new Publish(1, 1, new Route(1, 6, 3, "/", true, false, true)))
        .at(293, new Sicken(1, 1, 3))
        .holds();
  }

  @Test
  void nothingIsSaidOfTargetsThatCouldNotLeaveAGroupThatIsNoMore() {
    new FoundScript()
        .atMillis(14_238, new Deploy(1, 1, 3, false))
        .atMillis(30_554, new Publish(1, 1, new Route(0, 0, 3, "/", false, false, false)))
        .atMillis(
            245_074, new LosesAnswers("elasticloadbalancing:*", 100, Duration.ofMillis(487_825)))
        .atMillis(247_374, new Scale(1, 1, 1))
        .atMillis(279_578, new DeleteService(1, 1))
        .atMillis(908_576, new DeleteListener(1, 8))
        .holds(559, new ScriptFleet(List.of(Home.WEST), 2, 27));
  }

  @Test
  void aNewTargetGroupThatAwsDoesNotYetKnowEverywhereIsNotMissing() {
    new FoundScript()
        .atMillis(30_490, new Deploy(1, 1, 3, false))
        .atMillis(
            36_675,
            new Lags("RegisterTargets", Duration.ofMillis(6_931), 100, Duration.ofMinutes(7)))
        .atMillis(39_817, new Publish(1, 1, new Route(1, 5, 4, "/", false, false, false)))
        .at(52, new Deploy(1, 2, 1, false))
        .holds(101849, new ScriptFleet(List.of(Home.WEST), 2, 28));
  }

  @Test
  void ofTwoBindingsOntoOneGroupTheSecondWaits() {
    new FoundScript()
        .at(5, new Deploy(1, 1, 1, false))
        .at(6, new Deploy(1, 2, 2, false))
        .at(60, new Bind(1, 1, 1))
        .at(90, new Bind(1, 2, 1))
        .holds();
  }

  @Test
  void aPodOfASilentNodeThatIsScaledAwayIsReachedWhileNoOtherIsReady() {
    new FoundScript()
        .at(20, new Deploy(1, 1, 1, false))
        .at(30, new Publish(1, 1, Route.of(1)))
        .at(240, new NodeFails(1, 3))
        .at(390, new Scale(1, 1, 0))
        .holds();
  }

  @Test
  void theGateOfAPodThatIsNoTargetYetOpensWhenItsBindingGoes() {
    new FoundScript()
        .at(20, new Deploy(1, 1, 1, false))
        .at(30, new Publish(1, 1, Route.of(1)))
        .at(240, new Gate(1, 1))
        .atMillis(240_800, new DeleteService(1, 1))
        .at(360, new Deploy(1, 1, 1, false))
        .holds();
  }

  @Test
  void aPodWhoseOtherGateNeverOpensIsReachedThoughItIsNotReady() {
    new FoundScript()
        .atMillis(30_745, new Deploy(1, 1, 1, false))
        .atMillis(40_742, new Publish(1, 1, new Route(1, 8, 3, "/", false, false, false)))
        .atMillis(558_813, new Bind(1, 1, 1))
        .atMillis(563_715, new Gate(1, 1))
        .holds(103132, new ScriptFleet(List.of(Home.WEST), 1, 21));
  }

  @Test
  void theTargetsOfAGroupThatIsNoLongerWantedGoWithIt() {
    new FoundScript()
        .atMillis(21_555, new Deploy(1, 1, 3, false))
        .atMillis(26_706, new Publish(1, 1, new Route(0, 0, 1, "/api", false, true, false)))
        .atMillis(36_719, new Unpublish(1, 1))
        .atMillis(41_311, new Swap(1))
        .at(55, new Scale(1, 1, 3))
        .holds(104802, new ScriptFleet(List.of(Home.ELSEWHERE), 1, 21));
  }

  @Test
  void aPodThatIsGoneRemainsATargetWhileItsClusterIsPausedWithItsTargets() {
    new FoundScript()
        .at(15, new Deploy(1, 1, 2, false))
        .at(20, new Publish(1, 1, new Route(1, 7, 1, "/api", false, false, false)))
        .at(193, new PauseCluster(1, true))
        .at(198, new KillPod(1, 1, 1))
        .at(1_600, new Scale(1, 1, 2))
        .holds(401177, new ScriptFleet(List.of(Home.WEST), 1, 28));
  }
}
