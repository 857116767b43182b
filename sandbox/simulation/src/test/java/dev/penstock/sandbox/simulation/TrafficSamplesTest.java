package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.check.Invariant;
import dev.penstock.sandbox.simulation.check.TrafficSamples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** Looks at where visitors end tell what is wrong, and only that. */
class TrafficSamplesTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String STRANGER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: stranger, namespace: default, labels: {app: stranger}}
      spec:
        containers: [{name: web, image: 'web:1', ports: [{containerPort: 80}]}]
      """;

  private static Stage gated() throws Exception {
    var stage = Stage.withNginx();
    var binding =
        stage
            .pipeline
            .cluster(Stage.CLUSTER)
            .api()
            .kinds()
            .find("targetgroupbindings.elbv2.k8s.aws");
    var name = Tree.name(stage.kubectl.all(binding.orElseThrow(), "default").getFirst());
    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {template: {spec: {readinessGates: [{conditionType: target-health.elbv2.k8s.aws/"
            + name
            + "}]}}}");
    stage.until("gated pods serve", () -> stage.nginxServes() && stage.idle());
    stage.pass(Duration.ofMinutes(5));
    return stage;
  }

  private static String group(Stage stage) {
    return stage.targetGroups().getFirst().targetGroupArn();
  }

  @Test
  void aRollingUpdateLeavesNobodyUnreachedAndReachesNoStranger() throws Exception {
    var stage = gated();
    var samples = new TrafficSamples(stage.pipeline, BOUND);
    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {template: {metadata: {annotations: {rolled: 'yes'}}}}");
    for (int i = 0; i < 120; i++) {
      stage.pass(Duration.ofSeconds(2));
      samples.sample();
    }
    assertEquals(List.of(), samples.violations());
    assertTrue(samples.text().startsWith("120 looks"), samples.text());
  }

  @Test
  void aGroupWithoutTargetsWhileAPodIsReadyIsTold() throws Exception {
    var stage = gated();
    var samples = new TrafficSamples(stage.pipeline, BOUND);
    var all = stage.targets(group(stage)).stream().map(health -> health.target()).toList();
    stage.elb.deregisterTargets(r -> r.targetGroupArn(group(stage)).targets(all));
    samples.sample();
    assertEquals(1, samples.violations().size(), samples.text());
    assertEquals(Invariant.I6, samples.violations().getFirst().invariant());
    assertTrue(samples.violations().getFirst().text().contains("reaches nobody"));
  }

  @Test
  void aStrangersPodIsToldOnceItWasReachedForTheBound() throws Exception {
    var stage = gated();
    stage.kubectl.apply(STRANGER);
    stage.until(
        "the stranger runs",
        () ->
            stage.kubectl.find(Kinds.POD, "default", "stranger").stream()
                .anyMatch(pod -> Tree.text(pod, "status", "phase").equals("Running")));
    var pod = stage.kubectl.find(Kinds.POD, "default", "stranger").orElseThrow();
    var target = TargetDescription.builder().id(Tree.text(pod, "status", "podIP")).port(80).build();
    var samples = new TrafficSamples(stage.pipeline, Duration.ofSeconds(1));
    stage.elb.registerTargets(r -> r.targetGroupArn(group(stage)).targets(target));
    for (int i = 0; i < 60 && samples.violations().isEmpty(); i++) {
      stage.pass(Duration.ofSeconds(1));
      samples.sample();
    }
    assertEquals(1, samples.violations().size(), samples.text());
    assertTrue(samples.violations().getFirst().text().contains("leads to stranger"));
  }
}
