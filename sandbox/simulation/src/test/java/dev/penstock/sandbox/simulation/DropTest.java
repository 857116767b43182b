package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.event.PersonFact.MemberDropped;
import dev.penstock.schemas.key.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code penstock drop}: an invalid member loses its last good rules at once, others nothing. */
class DropTest {
  private static final ObjectKey GREEN = ObjectKey.parse("sandbox|Ingress|green/web");
  private static final String EDIT =
      "metadata: {annotations: {alb.ingress.kubernetes.io/healthcheck-interval-seconds: %s}}";

  @Test
  void aDroppedMemberAnswersWith503AtOnceAndServesAgainOnceItIsValid() throws Exception {
    var stage = GroupTest.withGroup();
    var whole = EndState.of(stage);
    edit(stage, "often");
    stage.pass(Duration.ofMinutes(2));
    EndState.requireSame(whole, EndState.of(stage));

    drop(stage);
    stage.pass(Duration.ofSeconds(20));

    assertEquals(List.of("forward", "fixed-response", "forward"), actions(stage));
    stage.pass(Duration.ofMinutes(40));
    assertEquals(2, stage.targetGroups().size(), "of red and blue");
    assertTrue(stage.idle(), stage::picture);
    var quiet = stage.mark();
    stage.pass(Duration.ofMinutes(35));
    assertEquals(Map.of(), stage.writes(quiet));

    edit(stage, "null");
    stage.pass(Duration.ofMinutes(10));
    EndState.requireSame(whole, EndState.of(stage));
  }

  @Test
  void aValidMemberLosesNothingAndKeepsItsLastGoodRulesForLater() throws Exception {
    var stage = GroupTest.withGroup();
    var mark = stage.mark();

    drop(stage);
    stage.pass(Duration.ofMinutes(2));
    edit(stage, "often");
    stage.pass(Duration.ofMinutes(10));

    assertEquals(Map.of(), stage.writes(mark));
  }

  /** What the rules of red, green and blue do. */
  private static List<String> actions(Stage stage) {
    return stage.rules(80).stream()
        .filter(rule -> !rule.isDefault())
        .map(rule -> rule.actions().getFirst().typeAsString())
        .toList();
  }

  private static void drop(Stage stage) throws Exception {
    stage.pipeline.append(Fleet.HOME, new MemberDropped(Stage.TESTER, GREEN));
  }

  private static void edit(Stage stage, String interval) {
    stage.kubectl.patch(Kinds.INGRESS, "green", "web", EDIT.formatted(interval));
  }
}
