package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.check.Wanted;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.HandDeed;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle sees at once what a person set by hand, and that the next sweep took it back. */
class WantedSettingsTest {
  private static final ScriptFleet FLEET = new ScriptFleet(List.of(Home.WEST), 1, 28);

  /** The variants of {@code Tune}: one asks for an attribute, one for tags. */
  private static final int ATTRIBUTE = 2;

  private final PlayedWorld world;
  private final Performer performer;

  WantedSettingsTest() throws Exception {
    world = new PlayedWorld(Pipeline.start(1, FLEET.built()), FLEET);
    performer = new Performer(world);
    perform(new AppDeed.Deploy(1, 1, 2, false));
    perform(new RouteDeed.Publish(1, 1, new Route(0, 0, 1, "/", false, true, false)));
    perform(new RouteDeed.Tune(1, 1, ATTRIBUTE));
    world.pipeline().pass(Duration.ofMinutes(5));
    assertEquals(List.of(), differences());
  }

  @Test
  void anAttributeThatAMemberAskedFor() throws Exception {
    perform(new HandDeed.EditAttribute(1, 0));
    assertTakenBack("attribute idle_timeout.timeout_seconds 99");
  }

  @Test
  void aTagThatNobodyAskedFor() throws Exception {
    perform(new HandDeed.EditTag(1, 0));
    assertTakenBack("tags {team=wrong}");
  }

  @Test
  void thePathOfHealthChecks() throws Exception {
    perform(new HandDeed.EditHealthCheck(1, 0));
    assertTakenBack("path of health checks /wrong");
  }

  @Test
  void whatTheSecurityGroupLetsIn() throws Exception {
    for (int which = 0; which < 2; which++) {
      perform(new HandDeed.AuthorizePermission(1, which));
    }
    assertTakenBack("22 0.0.0.0/0");
  }

  private void perform(Deed deed) throws Exception {
    performer.perform(deed);
    assertEquals(List.of(), performer.refused());
  }

  private void assertTakenBack(String seen) throws Exception {
    var differences = differences();
    assertTrue(differences.stream().anyMatch(text -> text.contains(seen)), differences.toString());
    world.pipeline().pass(Duration.ofMinutes(35));
    assertEquals(List.of(), differences());
  }

  private List<String> differences() {
    return world.pipeline().aws().unthrottled(() -> Wanted.differences(world.pipeline()));
  }
}
