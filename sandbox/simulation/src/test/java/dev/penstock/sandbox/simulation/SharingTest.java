package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.command.KubernetesWrite;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pods that more than one thing depends on: two target groups, a readiness gate, the last pod. */
class SharingTest {
  private static final String STUCK =
      "metadata: {annotations: {sandbox.penstock.dev/stuck: 'true'}}";

  @Test
  void twoIngressesOnOneServiceCostOneCallEachForAChangeOfItsPods() throws Exception {
    var stage = Stage.withNginx();
    var document = Stage.example("nginx-complete.yaml");
    stage.kubectl.apply(
        document
            .substring(document.indexOf("---\n# Ingress"))
            .replace("name: nginx-ingress", "name: nginx-second")
            .replace("nginx.example.com", "second.example.com"));
    stage.until(
        "both serve",
        () ->
            stage.targetGroups().size() == 2
                && stage.targetGroups().stream()
                    .allMatch(g -> stage.targets(g.targetGroupArn()).size() == 3)
                && !stage.address("default", "nginx-second").isEmpty()
                && stage.idle());
    stage.pass(Duration.ofMinutes(2));

    var mark = stage.mark();
    var pod = Tree.name(stage.kubectl.all(Kinds.POD, "default").getFirst());
    stage.kubectl.delete(Kinds.POD, "default", pod);
    stage.until(
        "another pod took its place",
        () ->
            stage.kubectl.find(Kinds.POD, "default", pod).isEmpty()
                && stage.healthy().equals(stage.readyPods("default"))
                && stage.healthy().size() == 3
                && stage.idle());
    stage.pass(Duration.ofMinutes(6));
    assertEquals(Map.of("RegisterTargets", 2L, "DeregisterTargets", 2L), stage.writes(mark));
  }

  @Test
  void scalingFromOneToManyIsOneRegister() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.scale("default", "nginx-app", 1);
    stage.until("one is left", () -> stage.healthy().size() == 1 && stage.idle());
    stage.pass(Duration.ofMinutes(6));

    var mark = stage.mark();
    stage.kubectl.scale("default", "nginx-app", 8);
    stage.until("eight are healthy", () -> stage.healthy().size() == 8 && stage.idle());
    assertEquals(Map.of("RegisterTargets", 1L), stage.writes(mark));
  }

  @Test
  void theLastPodThatIsStuckTerminatingStaysUntilAnotherIsHealthy() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.scale("default", "nginx-app", 1);
    stage.until("one is left", () -> stage.healthy().size() == 1 && stage.idle());
    stage.pass(Duration.ofMinutes(6));
    var pod = stage.kubectl.all(Kinds.POD, "default").getFirst();
    var address = Tree.text(pod, "status", "podIP");
    stage.kubectl.patch(Kinds.POD, "default", Tree.name(pod), STUCK);

    var mark = stage.mark();
    stage.kubectl.scale("default", "nginx-app", 0);
    stage.pass(Duration.ofMinutes(5));
    assertEquals(Map.of(), stage.writes(mark));
    assertTrue(stage.healthy().contains(address));

    stage.kubectl.scale("default", "nginx-app", 1);
    stage.until(
        "another serves alone",
        () -> stage.healthy().size() == 1 && !stage.healthy().contains(address) && stage.idle());
    assertEquals(Map.of("RegisterTargets", 1L, "DeregisterTargets", 1L), stage.writes(mark));
  }

  @Test
  void aReadinessGateIsOpenedOnceForEachPod() throws Exception {
    var stage = Stage.withNginx();
    var mirror = Tree.name(stage.kubectl.all(BindingTest.binding(stage), "default").getFirst());
    var before = stage.readyPods("default");
    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {template: {spec: {readinessGates: [{conditionType: target-health.elbv2.k8s.aws/"
            + mirror
            + "}]}}}");
    stage.until(
        "three others serve",
        () -> {
          assertFalse(stage.healthy().isEmpty(), "traffic would reach nobody");
          return stage.healthy().size() == 3
              && stage.healthy().equals(stage.readyPods("default"))
              && stage.healthy().stream().noneMatch(before::contains)
              && stage.idle();
        });
    stage.pass(Duration.ofMinutes(10));

    var opened = new TreeMap<String, Long>();
    for (var record : stage.pipeline.audit()) {
      if (record.entry() instanceof AuditEntry.KubernetesDecided decided) {
        decided.writes().stream()
            .filter(
                w -> w instanceof KubernetesWrite.SetCondition(var c) && c.status().equals("True"))
            .forEach(_ -> opened.merge(decided.object().name(), 1L, Long::sum));
      }
    }
    assertEquals(3, opened.size());
    assertTrue(opened.values().stream().allMatch(n -> n == 1), opened.toString());
  }
}
