package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The targets of the load balancer mirror the pods that can serve, whatever happens to them. */
class TargetsTest {
  private static final String ANNOTATE =
      "metadata: {annotations: {sandbox.penstock.dev/ready: '%s'}}";

  @Test
  void scalingUpRegistersTheNewPodsAndNothingElse() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 6);

    stage.until("six are healthy", () -> stage.healthy().size() == 6 && stage.idle());
    assertEquals(stage.readyPods("default"), stage.healthy());
    assertEquals(Set.of("RegisterTargets"), names(stage.writes(mark)));
  }

  @Test
  void scalingDownDrainsWhatLeavesAndNothingElse() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 1);

    stage.until(
        "one is left",
        () ->
            stage.targets(stage.targetGroups().getFirst().targetGroupArn()).size() == 1
                && stage.healthy().size() == 1);
    assertEquals(stage.readyPods("default"), stage.healthy());
    assertEquals(Set.of("DeregisterTargets"), names(stage.writes(mark)));
  }

  @Test
  void scalingToZeroEmptiesTheGroupAndBackFillsIt() throws Exception {
    var stage = Stage.withNginx();

    stage.kubectl.scale("default", "nginx-app", 0);
    stage.until("nothing is healthy", () -> stage.healthy().isEmpty());
    stage.until(
        "the group is empty",
        () -> stage.targets(stage.targetGroups().getFirst().targetGroupArn()).isEmpty());

    stage.kubectl.scale("default", "nginx-app", 2);
    stage.until("two are healthy", () -> stage.healthy().size() == 2);
    assertEquals(stage.readyPods("default"), stage.healthy());
  }

  @Test
  void aReplacedPodCostsOneRegisterAndOneDeregister() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();
    var pod = Tree.name(stage.kubectl.all(Kinds.POD, "default").getFirst());

    stage.kubectl.delete(Kinds.POD, "default", pod);
    stage.until(
        "another pod took its place",
        () ->
            stage.kubectl.find(Kinds.POD, "default", pod).isEmpty()
                && stage.healthy().size() == 3
                && stage.healthy().equals(stage.readyPods("default"))
                && stage.idle());

    assertEquals(Map.of("RegisterTargets", 1L, "DeregisterTargets", 1L), stage.writes(mark));
  }

  @Test
  void aPodThatFailsReadinessLeavesAndComesBack() throws Exception {
    var stage = Stage.withNginx();
    var pod = stage.kubectl.all(Kinds.POD, "default").getFirst();
    var ip = Tree.text(pod, "status", "podIP");

    stage.kubectl.patch(Kinds.POD, "default", Tree.name(pod), ANNOTATE.formatted("false"));
    stage.until("it leaves", () -> stage.healthy().size() == 2);
    assertFalse(stage.healthy().contains(ip));

    stage.kubectl.patch(Kinds.POD, "default", Tree.name(pod), ANNOTATE.formatted("true"));
    stage.until("it serves again", () -> stage.healthy().contains(ip));
    assertEquals(3, stage.healthy().size());
  }

  @Test
  void aRollingUpdateOfFiftyPodsNeverLacksTargetsAndCallsAsOftenAsWavesGo() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {replicas: 50, strategy: {rollingUpdate: {maxSurge: 10, maxUnavailable: 0}}}");
    stage.until("fifty are healthy", () -> stage.healthy().size() == 50 && stage.idle());
    stage.pass(Duration.ofMinutes(6));
    var mark = stage.mark();
    var before = stage.healthy();

    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {template: {metadata: {annotations: {rolled: 'yes'}}}}");
    stage.until(
        "fifty others are healthy",
        () -> {
          assertFalse(stage.healthy().isEmpty(), "traffic would reach nobody");
          return stage.healthy().size() == 50
              && stage.healthy().equals(stage.readyPods("default"))
              && stage.healthy().stream().noneMatch(before::contains);
        });

    var writes = stage.writes(mark);
    assertEquals(Set.of("RegisterTargets", "DeregisterTargets"), names(writes));
    assertTrue(writes.values().stream().mapToLong(n -> n).sum() <= 10, writes.toString());
  }

  private static Set<String> names(Map<String, Long> counts) {
    return counts.keySet();
  }
}
