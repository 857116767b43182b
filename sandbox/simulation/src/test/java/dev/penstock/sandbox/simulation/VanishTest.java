package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * A member of a group is not in its cluster's list any more, and nobody was seen to delete it: it
 * keeps all that it had until a person approves, also what it has of things that others share.
 */
class VanishTest {
  private static final Duration LONG = Duration.ofMinutes(40);

  private static final String SETTINGS =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
          alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:us-west-2:111122223333:certificate/abc123
          alb.ingress.kubernetes.io/inbound-cidrs: 10.0.0.0/8
          alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=75
          alb.ingress.kubernetes.io/tags: team=green
      spec:
        defaultBackend: {service: {name: web, port: {number: 80}}}
      """;

  private static final String SECURED =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
          alb.ingress.kubernetes.io/certificate-arn: %s
      """
          .formatted(Issued.NAMED);

  /** Green has a say in all that the group shares; blue serves on its ports too. */
  private static Stage withSettings() throws Exception {
    var stage = GroupTest.withGroup();
    stage.kubectl.patch(Kinds.INGRESS, "green", "web", SETTINGS);
    stage.kubectl.patch(Kinds.INGRESS, "blue", "web", SECURED);
    stage.until("all of it is there", () -> stage.listeners().size() == 2 && stage.idle());
    stage.pass(Duration.ofMinutes(10));
    return stage;
  }

  private static void vanish(Stage stage) {
    stage.kubectl.patch(Kinds.INGRESS, "green", "web", "metadata: {finalizers: null}");
    stage.kubectl.delete(Kinds.INGRESS, "green", "web");
    stage.pipeline.cluster(Stage.CLUSTER).expire();
  }

  private static void nothingIsWritten(Stage stage, long mark) throws Exception {
    stage.always(LONG, "nothing is written", () -> stage.writes(mark).isEmpty());
  }

  private static List<HoldRow> holds(Stage stage) {
    return stage.pipeline.tables().scan(Table.HOLDS, "").stream().map(e -> e.row()).toList();
  }

  private static SortedMap<String, String> endWithoutGreen(Stage stage) throws Exception {
    stage.until(
        "green is gone",
        () ->
            !stage.records().containsKey("green.example.com. A")
                && stage.targetGroups().size() == 2
                && stage.idle());
    stage.pass(LONG);
    return EndState.of(stage);
  }

  @Test
  void nothingOfTheLoadBalancerChangesUntilAPersonApprovesThenItGoesAsIfItHadBeenDeleted()
      throws Exception {
    var deleted = withSettings();
    deleted.kubectl.delete(Kinds.INGRESS, "green", "web");
    var stage = withSettings();
    var mark = stage.mark();
    vanish(stage);

    nothingIsWritten(stage, mark);
    assertEquals(1, holds(stage).size());
    var hold = holds(stage).getFirst();
    assertTrue(hold.sentence().contains("Ingress green/web vanished"), hold::sentence);
    stage.approve();
    EndState.requireSame(endWithoutGreen(deleted), endWithoutGreen(stage));
    assertEquals(List.of(), holds(stage));
  }

  @Test
  void aMemberThatComesBackCostsNothing() throws Exception {
    var stage = withSettings();
    var object = stage.kubectl.find(Kinds.INGRESS, "green", "web").orElseThrow();
    var mark = stage.mark();
    vanish(stage);
    stage.pass(Duration.ofMinutes(12));

    stage.kubectl.apply(GroupTest.INGRESS.formatted("green", 20));
    stage.kubectl.patch(Kinds.INGRESS, "green", "web", SETTINGS);
    stage.until("nothing is held", () -> holds(stage).isEmpty() && stage.idle());
    nothingIsWritten(stage, mark);
    var back = stage.kubectl.find(Kinds.INGRESS, "green", "web").orElseThrow();
    assertEquals(Tree.at(object, "spec"), Tree.at(back, "spec"));
    assertEquals(
        Tree.items(object, "metadata", "finalizers"), Tree.items(back, "metadata", "finalizers"));
  }

  @Test
  void aNewcomerWithItsHostAndPathIsToldAndTakesNoRequest() throws Exception {
    var stage = withSettings();
    var rules = NewcomerTest.actions(stage).entrySet();
    vanish(stage);
    stage.until("it is held", () -> holds(stage).size() == 1 && stage.idle());
    var mark = stage.mark();

    stage.kubectl.apply(
        GroupTest.INGRESS
            .formatted("red", 1)
            .replace("name: web\n  namespace", "name: newcomer\n  namespace")
            .replace("host: red", "host: green"));
    stage.until("it is told", () -> !NewcomerTest.told(stage, "ShadowedRule").isEmpty());
    stage.always(
        LONG,
        "the rules that were there stand",
        () -> NewcomerTest.actions(stage).entrySet().containsAll(rules));
    assertEquals(
        Set.of(
            "AddTags", "CreateRule", "CreateTargetGroup", "RegisterTargets", "SetRulePriorities"),
        stage.writes(mark).keySet());
    assertEquals(
        List.of("red.example.com", "green.example.com", "green.example.com", "blue.example.com"),
        GroupTest.hosts(stage));
  }

  @Test
  void whoComesBackAndIsDeletedLeavesWithoutAnApproval() throws Exception {
    var stage = withSettings();
    vanish(stage);
    stage.until("it is held", () -> holds(stage).size() == 1 && stage.idle());
    stage.kubectl.apply(GroupTest.INGRESS.formatted("green", 20));
    stage.until("it is back", () -> holds(stage).isEmpty() && stage.idle());

    stage.kubectl.delete(Kinds.INGRESS, "green", "web");
    endWithoutGreen(stage);
    assertEquals(Optional.empty(), stage.kubectl.find(Kinds.INGRESS, "green", "web"));
    assertEquals(List.of(), holds(stage));
  }
}
