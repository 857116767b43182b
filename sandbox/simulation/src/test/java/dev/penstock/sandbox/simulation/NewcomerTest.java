package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Who comes later finds a place beside what stands, and moves nothing of it. */
class NewcomerTest {
  private static final String PATH =
      "- {path: /%s, pathType: Exact, backend: {service: {name: nginx-service, port: {number:"
          + " 80}}}}";

  private static void paths(Stage stage, String... paths) {
    var all = new StringBuilder();
    for (var path : paths) {
      all.append("          ").append(PATH.formatted(path)).append('\n');
    }
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        spec:
          rules:
          - host: nginx.example.com
            http:
              paths:
        """
            + all);
  }

  @Test
  void aRuleBetweenTwoWithAGapIsOneCallAndWithoutOneTheListenerIsSpacedOnce() throws Exception {
    var stage = Stage.withNginx();
    paths(stage, "a", "z");
    stage.pass(Duration.ofMinutes(2));
    var numbers = stage.mark();

    paths(stage, "a", "m", "z");
    stage.pass(Duration.ofMinutes(1));
    assertEquals(
        Map.of("SetRulePriorities", 1L, "CreateRule", 1L, "AddTags", 2L), stage.writes(numbers));

    var gap = stage.mark();
    paths(stage, "a", "g", "m", "z");
    stage.pass(Duration.ofMinutes(1));
    assertEquals(Map.of("CreateRule", 1L), stage.writes(gap));
  }

  @Test
  void aMemberOfLowerOrderWithTheSamePathTakesNoRequestAndIsToldUntilTheOtherLeaves()
      throws Exception {
    var stage = GroupTest.withGroup();
    var actions = actions(stage);
    var mark = stage.mark();

    stage.kubectl.apply(
        GroupTest.INGRESS
            .formatted("red", 1)
            .replace("name: web\n  namespace", "name: newcomer\n  namespace")
            .replace("host: red", "host: blue"));
    stage.until("it is told", () -> !told(stage, "ShadowedRule").isEmpty());
    stage.pass(Duration.ofMinutes(2));

    assertTrue(
        told(stage, "ShadowedRule").getFirst().contains("is never reached"),
        told(stage, "ShadowedRule")::toString);
    assertTrue(actions(stage).entrySet().containsAll(actions.entrySet()));
    assertFalse(stage.writes(mark).containsKey("ModifyRule"));
    assertEquals(
        List.of("red.example.com", "green.example.com", "blue.example.com", "blue.example.com"),
        GroupTest.hosts(stage));

    var left = stage.mark();
    stage.kubectl.delete(Kinds.INGRESS, "blue", "web");
    stage.until(
        "its rule is the only one", () -> GroupTest.hosts(stage).size() == 3 && stage.idle());
    assertFalse(stage.writes(left).containsKey("ModifyRule"));
  }

  @Test
  void aMemberOfLowerOrderThatWantsAnotherSchemeMovesNothingAndIsTold() throws Exception {
    var stage = GroupTest.withGroup();
    var before = stage.loadBalancers();
    var actions = actions(stage);
    var mark = stage.mark();

    stage.kubectl.apply(
        GroupTest.INGRESS
            .formatted("red", 1)
            .replace("name: web\n  namespace", "name: newcomer\n  namespace")
            .replace("host: red", "host: new")
            .replace("internet-facing", "internal"));
    stage.until("it is told", () -> !told(stage, "Conflict").isEmpty());
    stage.pass(Duration.ofMinutes(2));

    assertEquals(before, stage.loadBalancers());
    assertFalse(stage.writes(mark).containsKey("CreateLoadBalancer"));
    assertTrue(actions(stage).entrySet().containsAll(actions.entrySet()));
  }

  /** What each rule does, by its ARN. */
  static Map<String, List<Action>> actions(Stage stage) {
    return stage.rules(80).stream().collect(Collectors.toMap(Rule::ruleArn, Rule::actions));
  }

  static List<String> told(Stage stage, String reason) {
    return stage.kubectl.all(Kinds.EVENT, "red").stream()
        .filter(e -> Tree.text(e, "involvedObject", "name").equals("newcomer"))
        .filter(e -> Tree.text(e, "reason").equals(reason))
        .map(e -> Tree.text(e, "message"))
        .toList();
  }
}
