package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.simulation.engine.Point;
import dev.penstock.sandbox.simulation.engine.Role;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.AppDeed.Roll;
import dev.penstock.sandbox.simulation.script.CloudTrouble.LosesAnswers;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.DefinitionRemoved;
import dev.penstock.sandbox.simulation.script.ClusterTrouble.Swap;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.HandDeed.EditRecord;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.MachineDeed.Strike;
import dev.penstock.sandbox.simulation.script.Mistake;
import dev.penstock.sandbox.simulation.script.OperatorDeed.DropMember;
import dev.penstock.sandbox.simulation.script.OperatorDeed.PauseCluster;
import dev.penstock.sandbox.simulation.script.OperatorDeed.ResumeAll;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed.DeleteMirrors;
import dev.penstock.sandbox.simulation.script.RouteDeed.EditWhileDeleting;
import dev.penstock.sandbox.simulation.script.RouteDeed.Mend;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import dev.penstock.sandbox.simulation.script.RouteDeed.Reclass;
import dev.penstock.sandbox.simulation.script.RouteDeed.Regroup;
import dev.penstock.sandbox.simulation.script.RouteDeed.Rehost;
import dev.penstock.sandbox.simulation.script.RouteDeed.Rescheme;
import dev.penstock.sandbox.simulation.script.RouteDeed.Spoil;
import dev.penstock.sandbox.simulation.script.RouteDeed.Unpublish;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scripts that found a defect once, shortened. */
class FoundSimulation {
  private static FoundScript at(int seconds, Deed deed) {
    return new FoundScript().at(seconds, deed);
  }

  private static FoundScript atMillis(int millis, Deed deed) {
    return new FoundScript().atMillis(millis, deed);
  }

  @Test
  void aNameThatWasEditedByHandStillGoesWithItsIngress() {
    at(10, new Publish(1, 1, Route.of(1)))
        .at(75, new EditRecord(1, 1))
        .at(120, new Unpublish(1, 1))
        .holds();
  }

  @Test
  void whoGoesToAGroupThatCannotServeHimStaysServedWhereHeWas() {
    at(9, new Deploy(1, 1, 2, false))
        .at(22, new Publish(1, 1, new Route(0, 0, 2, "/", false, true, false)))
        .at(240, new Publish(1, 1, new Route(1, 5, 2, "/", false, false, true)))
        .holds();
  }

  @Test
  void aGroupThatCannotBePlannedStillUsesWhatItShares() {
    at(20, new Publish(1, 1, new Route(2, 2, 3, "/api", false, false, false)))
        .at(195, new Reclass(1, 1, "other"))
        .at(323, new DropMember(1, 1))
        .holds();
  }

  @Test
  void aNameThatIsGivenUpWhileItIsMadeGoesAgain() {
    var slow =
        new MachineTrouble.Overtaken(
            Role.STREAM, 0, Optional.of(Point.TAKEN), Duration.ofMillis(34_338));
    atMillis(51_051, new Publish(1, 1, new Route(2, 9, 4, "/", false, false, false)))
        .atMillis(240_100, new Strike(slow))
        .atMillis(278_929, new Rehost(1, 1, 1))
        .atMillis(278_981, new Unpublish(1, 1))
        .atMillis(457_275, new Unpublish(1, 1))
        .holds(30_650, new ScriptFleet(List.of(Home.WEST), 1, 28));
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
  void aMirrorThatIsDeletedBehindASlowWatcherIsMadeAgainOnce() {
    var slow =
        new MachineTrouble.Overtaken(
            Role.WATCH, 1, Optional.of(Point.APPENDED), Duration.ofSeconds(65));
    at(8, new Deploy(1, 1, 3, false))
        .at(16, new Publish(1, 1, Route.of(1)))
        .at(547, new Strike(slow))
        .at(551, new DeleteMirrors(1, 1))
        .holds();
  }

  @Test
  void aSchemeThatIsTakenBackBeforeTheNewLoadBalancerServesCostsNoName() {
    at(28, new Deploy(2, 2, 1, false))
        .at(29, new Publish(1, 1, new Route(0, 0, 3, "/", false, true, false)))
        .at(35, new Deploy(3, 2, 3, false))
        .at(36, new Publish(2, 2, new Route(0, 0, 4, "/api", true, false, false)))
        .at(37, new Publish(3, 1, new Route(1, 5, 4, "/", false, false, false)))
        .at(38, new Publish(3, 2, new Route(1, 9, 1, "/api", true, false, false)))
        .at(537, new Rehost(2, 2, 2))
        .atMillis(805_638, new Rescheme(3, 1, true))
        .atMillis(805_715, new Rescheme(3, 1, false))
        .holds(5114, new ScriptFleet(List.of(Home.WEST, Home.WEST, Home.WEST), 2, 21));
  }

  @Test
  void aCertificateThatDoesNotExistClosesNoPort() {
    at(46, new Publish(1, 1, Route.of(1))).at(128, new Spoil(1, 1, Mistake.CERTIFICATE)).holds();
  }

  @Test
  void anIngressOfASwappedClusterLeavesTheGroupOfItsNamesake() {
    at(30, new Publish(1, 1, new Route(2, 2, 1, "/", false, false, false)))
        .at(240, new Swap(1))
        .at(345, new Publish(1, 1, new Route(1, 1, 2, "/", true, false, false)))
        .holds();
  }

  @Test
  void aMemberOfLowerOrderTakesNoRequestsOfARuleThatIsLive() {
    at(23, new Publish(1, 1, new Route(1, 7, 2, "/", false, false, false)))
        .at(30, new Deploy(1, 2, 3, false))
        .at(203, new Publish(1, 2, new Route(1, 2, 2, "/", false, false, false)))
        .holds();
  }

  @Test
  void anIngressWhoseClassIsNoneLosesTheNameThatItNamesNoMore() {
    at(28, new Deploy(1, 2, 2, false))
        .at(34, new Publish(1, 2, new Route(0, 0, 4, "/api", false, false, false)))
        .at(35, new Reclass(1, 2, "other"))
        .at(79, new Rehost(1, 2, 3))
        .holds();
  }

  @Test
  void aNameThatNobodyWantsAnyMoreGoesThoughNoAnswerToldThatItWasMade() {
    atMillis(54_005, new LosesAnswers("route53:*", 100, Duration.ofMillis(112_024)))
        .atMillis(56_069, new Publish(1, 1, new Route(1, 9, 1, "/", false, true, false)))
        .atMillis(57_118, new Publish(1, 1, new Route(0, 0, 4, "/", true, false, false)))
        .at(648, new Unpublish(2, 1))
        .holds(6187, new ScriptFleet(List.of(Home.WEST, Home.WEST), 1, 21));
  }

  @Test
  void aLoadBalancerWhoseNameAnotherOneHoldsIsReplacedAndReplacedAgain() {
    atMillis(8_910, new Deploy(1, 2, 2, true))
        .atMillis(16_701, new Publish(1, 2, new Route(0, 0, 4, "/", false, false, false)))
        .atMillis(25_968, new Publish(1, 1, new Route(2, 5, 1, "/api", false, false, false)))
        .atMillis(141_807, new Rescheme(1, 2, true))
        .atMillis(682_618, new Publish(1, 2, new Route(0, 0, 1, "/", false, true, false)))
        .holds(7010, new ScriptFleet(List.of(Home.WEST, Home.ELSEWHERE), 2, 21));
  }

  @Test
  void whoGoesToAnotherGroupAndIsWrongThereLeavesNothingThatAnswersNobody() {
    atMillis(10_052, new Deploy(2, 1, 3, false))
        .atMillis(23_360, new Publish(2, 1, new Route(0, 0, 5, "/", false, false, false)))
        .atMillis(30_107, new Publish(2, 1, new Route(1, 1, 2, "/", false, false, true)))
        .holds(521, new ScriptFleet(List.of(Home.WEST, Home.ELSEWHERE), 1, 27));
  }

  @Test
  void aNameDoesNotGoThroughAGroupThatItsMemberWasInForAMoment() {
    atMillis(1_201_524, new Publish(1, 1, new Route(1, 8, 2, "/api", false, false, false)))
        .atMillis(1_675_538, new Regroup(1, 1, 2, 3))
        .atMillis(1_675_574, new Regroup(1, 1, 0, 4))
        .holds(9001, new ScriptFleet(List.of(Home.WEST), 1, 28));
  }

  @Test
  void aNameGoesWithItsMemberToAnotherGroupWhoeverElseWantsIt() {
    atMillis(48_400, new Publish(2, 1, new Route(1, 8, 3, "/api", false, true, false)))
        .atMillis(49_722, new Publish(1, 1, new Route(0, 0, 3, "/api", true, true, false)))
        .atMillis(599_238, new Regroup(2, 1, 0, 9))
        .holds(9055, new ScriptFleet(List.of(Home.WEST, Home.WEST), 2, 28));
  }

  @Test
  void whoMustWaitInTheGroupThatHeGoesToKeepsWhatHeHadBefore() {
    atMillis(22_505, new Publish(1, 1, new Route(1, 9, 2, "/", true, true, false)))
        .atMillis(24_313, new Deploy(1, 2, 3, false))
        .atMillis(31_639, new Publish(1, 2, new Route(1, 1, 1, "/", false, false, false)))
        .atMillis(146_688, new Regroup(1, 1, 0, 2))
        .atMillis(840_589, new Regroup(1, 1, 1, 3))
        .holds(9087, new ScriptFleet(List.of(Home.WEST), 2, 27));
  }

  @Test
  void theSchemeOfAMemberThatBecameWrongStands() {
    at(24, new Deploy(1, 2, 3, false))
        .at(40, new Publish(1, 1, new Route(2, 4, 3, "/", true, true, false)))
        .at(41, new Publish(1, 2, new Route(2, 5, 4, "/", false, false, false)))
        .at(308, new Spoil(1, 1, Mistake.JSON))
        .holds();
  }

  @Test
  void aMemberThatIsWrongGetsNoOtherScheme() {
    at(9, new Deploy(1, 1, 3, false))
        .at(10, new Deploy(1, 2, 3, false))
        .at(21, new Publish(1, 1, new Route(2, 3, 2, "/", false, false, false)))
        .at(60, new Publish(1, 2, new Route(2, 7, 3, "/", true, false, false)))
        .at(400, new Spoil(1, 1, Mistake.JSON))
        .at(500, new Rescheme(1, 1, true))
        .holds();
  }

  @Test
  void theRedirectOfAMemberThatBecameWrongStands() {
    at(9, new Deploy(1, 1, 3, false))
        .at(10, new Deploy(1, 2, 3, false))
        .at(20, new Publish(1, 1, new Route(2, 4, 3, "/", true, true, false)))
        .at(30, new Publish(1, 2, new Route(2, 5, 4, "/", true, false, false)))
        .at(308, new Spoil(1, 1, Mistake.ANNOTATION))
        .holds();
  }

  @Test
  void aNameStaysWithWhoeverSharedItWithAMemberThatGoesToAnotherGroup() {
    atMillis(28_387, new Deploy(1, 2, 2, false))
        .atMillis(35_799, new Publish(1, 2, new Route(0, 0, 4, "/", false, true, false)))
        .atMillis(343_020, new Publish(1, 1, new Route(1, 1, 4, "/", false, false, false)))
        .atMillis(390_952, new Regroup(1, 2, 1, 4))
        .atMillis(555_546, new Regroup(1, 2, 2, 4))
        .holds(30256, new ScriptFleet(List.of(Home.WEST), 2, 27));
  }

  @Test
  void aMemberWhoseNameStaysInItsFormerGroupIsServedThere() {
    atMillis(28_387, new Deploy(1, 2, 2, false))
        .atMillis(35_799, new Publish(1, 1, new Route(1, 1, 4, "/", false, false, false)))
        .atMillis(343_020, new Publish(1, 2, new Route(1, 4, 4, "/", false, true, false)))
        .atMillis(755_546, new Regroup(1, 2, 2, 4))
        .holds(30256, new ScriptFleet(List.of(Home.WEST), 2, 27));
  }

  @Test
  void whoLeavesAGroupThatKeepsHisNameForAnotherMemberIsServedThereOn() {
    atMillis(10_870, new Publish(1, 1, new Route(1, 3, 4, "/api", false, true, false)))
        .atMillis(34_838, new Deploy(1, 2, 1, false))
        .atMillis(39_805, new Publish(1, 2, new Route(1, 7, 4, "/", false, true, false)))
        .atMillis(245_337, new Regroup(1, 2, 0, 8))
        .holds(30449, new ScriptFleet(List.of(Home.WEST, Home.WEST), 2, 21));
  }

  @Test
  void ofTwoWhoLeftAGroupOneTakesTheirNameAlong() {
    atMillis(10_870, new Publish(1, 1, new Route(1, 3, 4, "/api", false, true, false)))
        .atMillis(34_838, new Deploy(1, 2, 1, false))
        .atMillis(39_805, new Publish(1, 2, new Route(1, 7, 4, "/", false, true, false)))
        .atMillis(245_337, new Regroup(1, 2, 0, 8))
        .at(1_400, new Deploy(1, 3, 1, false))
        .at(1_500, new Publish(1, 3, new Route(2, 2, 4, "/", false, true, false)))
        .at(1_700, new Regroup(1, 1, 2, 3))
        .holds(30449, new ScriptFleet(List.of(Home.WEST, Home.WEST), 3, 21));
  }

  @Test
  void aNewMemberTakesNoRequestsOfOneWhoIsServedInTheGroupThatHeLeft() {
    atMillis(10_870, new Publish(1, 1, new Route(1, 3, 4, "/api", false, true, false)))
        .atMillis(34_838, new Deploy(1, 2, 1, false))
        .atMillis(39_805, new Publish(1, 2, new Route(1, 7, 4, "/", false, true, false)))
        .atMillis(245_337, new Regroup(1, 2, 0, 8))
        .at(1_400, new Deploy(1, 3, 1, false))
        .at(1_500, new Publish(1, 3, new Route(1, 2, 4, "/", false, true, false)))
        .holds(30449, new ScriptFleet(List.of(Home.WEST, Home.WEST), 3, 21));
  }

  @Test
  void aNameThatWasGivenUpBeforeItsClusterWasSwappedGoesWhenThePauseEnds() {
    atMillis(23_614, new Deploy(1, 1, 2, false))
        .atMillis(34_655, new Publish(1, 1, new Route(0, 0, 4, "/", false, false, false)))
        .atMillis(37_311, new PauseCluster(1, false))
        .atMillis(39_014, new EditWhileDeleting(1, 1))
        .atMillis(147_009, new Swap(1))
        .atMillis(156_775, new ResumeAll())
        .at(210, new Deploy(1, 2, 1, false))
        .holds(100721, new ScriptFleet(List.of(Home.WEST), 2, 27));
  }

  @Test
  void aMemberWhoseSchemeIsNotInForceRedirectsNobody() {
    at(10, new Deploy(1, 1, 1, false))
        .at(11, new Publish(1, 1, new Route(1, 3, 1, "/api", true, false, false)))
        .at(20, new Deploy(1, 2, 2, false))
        .at(30, new Publish(1, 2, new Route(1, 1, 2, "/", false, true, false)))
        .at(300, new Spoil(1, 2, Mistake.JSON))
        .holds();
  }

  @Test
  void aRedirectToAListenerThatAwsRefusesTakesNobodysPlainHttp() {
    joinedByRefusedHttps().at(200, new Roll(1, 1, 2)).holds();
  }

  @Test
  void aRedirectBeginsWhenItsListenerIsThereAndEndsWithIt() {
    joinedByRefusedHttps()
        .at(300, new Mend(1, 2))
        .at(600, new Publish(1, 2, new Route(1, 1, 2, "/", true, false, false)))
        .holds();
  }

  /** A member with a redirect joins another one; AWS does not know its certificate. */
  private static FoundScript joinedByRefusedHttps() {
    return new FoundScript()
        .at(10, new Deploy(1, 1, 1, false))
        .at(11, new Publish(1, 1, new Route(1, 3, 1, "/api", true, false, false)))
        .at(20, new Deploy(1, 2, 2, false))
        .at(30, new Publish(1, 2, new Route(1, 1, 2, "/", true, true, false)))
        .at(30, new Spoil(1, 2, Mistake.CERTIFICATE));
  }
}
