package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A TargetGroupBinding that a person wrote, onto a target group that a person made (seed 2). */
class BindingTest {
  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: my-app-tgb, namespace: default}
      spec:
        serviceRef: {name: nginx-service, port: 80}
        targetGroupARN: %s
        targetType: ip
      """;

  @Test
  void aBindingFillsAGroupThatIsNotOursAndEmptiesItWhenItGoes() throws Exception {
    var stage = new Stage();
    var group = PeoplesGroup.make(stage.elb, "theirs");
    var documents = Stage.example("nginx-complete.yaml");
    stage.kubectl.apply(documents.substring(0, documents.indexOf("---\n# Ingress")));
    stage.until("three pods are ready", () -> stage.readyPods("default").size() == 3);

    stage.kubectl.apply(BINDING.formatted(group));
    stage.until("they are registered", () -> stage.targets(group).size() == 3);
    assertEquals(
        stage.readyPods("default"),
        Set.copyOf(stage.targets(group).stream().map(t -> t.target().id()).toList()));

    stage.kubectl.delete(binding(stage.pipeline.cluster(Stage.CLUSTER)), "default", "my-app-tgb");
    stage.until(
        "it is gone",
        () ->
            stage
                .kubectl
                .find(binding(stage.pipeline.cluster(Stage.CLUSTER)), "default", "my-app-tgb")
                .isEmpty());
    stage.pass(Duration.ofMinutes(6));
    assertEquals(0, stage.targets(group).size());
    assertEquals(1, stage.targetGroups().size());
  }

  @Test
  void whoMayReachTheEndpointsIsTakenBackWithTheBinding() throws Exception {
    var stage = new Stage();
    var group = PeoplesGroup.make(stage.elb, "theirs");
    var source =
        stage
            .ec2
            .createSecurityGroup(
                r -> r.groupName("front").description("theirs").vpcId(SandboxWorld.VPC))
            .groupId();
    var founding = stage.securityGroups();
    var documents = Stage.example("nginx-complete.yaml");
    stage.kubectl.apply(documents.substring(0, documents.indexOf("---\n# Ingress")));
    stage.kubectl.apply(
        BINDING.formatted(group)
            + """
              networking:
                ingress:
                  - from: [{securityGroup: {groupID: %s}}]
                    ports: [{protocol: TCP, port: 80}]
            """
                .formatted(source));
    stage.until("it may reach the pods", () -> stage.securityGroups().toString().contains(source));

    stage.kubectl.delete(binding(stage.pipeline.cluster(Stage.CLUSTER)), "default", "my-app-tgb");
    stage.until("it may no more", () -> stage.securityGroups().equals(founding));
  }

  @Test
  void aDeletedBindingCostsOneDeregisterAndAVanishedOneNothingUntilAPersonApproves()
      throws Exception {
    var stage = new Stage();
    var group = group(stage);
    var documents = Stage.example("nginx-complete.yaml");
    stage.kubectl.apply(documents.substring(0, documents.indexOf("---\n# Ingress")));
    stage.kubectl.apply(BINDING.formatted(group).replace("  targetType: ip\n", ""));
    stage.until("three are registered", () -> stage.targets(group).size() == 3 && stage.idle());
    var object = stage.kubectl.find(binding(stage), "default", "my-app-tgb").orElseThrow();
    stage.pass(Duration.ofMinutes(1));

    var vanish = stage.mark();
    stage.kubectl.patch(binding(stage), "default", "my-app-tgb", "metadata: {finalizers: null}");
    stage.kubectl.delete(binding(stage), "default", "my-app-tgb");
    stage.pipeline.cluster(Stage.CLUSTER).expire();
    stage.pass(Duration.ofMinutes(12));
    assertEquals(Map.of(), stage.writes(vanish));
    assertEquals(3, stage.targets(group).size());
    assertEquals(1, stage.pipeline.tables().scan(Table.HOLDS, "").size());

    stage.kubectl.apply(BINDING.formatted(group));
    stage.until(
        "it is back",
        () -> stage.pipeline.tables().scan(Table.HOLDS, "").isEmpty() && stage.idle());
    assertEquals(Map.of(), stage.writes(vanish));
    assertEquals(
        Tree.name(object),
        Tree.name(stage.kubectl.find(binding(stage), "default", "my-app-tgb").orElseThrow()));

    var delete = stage.mark();
    stage.kubectl.delete(binding(stage), "default", "my-app-tgb");
    stage.until(
        "it is gone", () -> stage.kubectl.find(binding(stage), "default", "my-app-tgb").isEmpty());
    stage.pass(Duration.ofMinutes(6));
    assertEquals(Map.of("DeregisterTargets", 1L), stage.writes(delete));
  }

  @Test
  void aMirrorThatSomebodyDeletesIsMadeAgainAndCostsNoCall() throws Exception {
    var stage = Stage.withNginx();
    var mirror = stage.kubectl.all(binding(stage), "default").getFirst();
    var mark = stage.mark();

    stage.kubectl.delete(binding(stage), "default", Tree.name(mirror));
    stage.until(
        "another is there",
        () ->
            stage
                    .kubectl
                    .find(binding(stage), "default", Tree.name(mirror))
                    .filter(o -> !Tree.uid(o).equals(Tree.uid(mirror)))
                    .isPresent()
                && stage.idle());
    stage.pass(Duration.ofMinutes(2));
    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(3, stage.healthy().size());
  }

  private static String group(Stage stage) {
    return PeoplesGroup.make(stage.elb, "theirs");
  }

  static Kind binding(Stage stage) {
    return binding(stage.pipeline.cluster(Stage.CLUSTER));
  }

  private static Kind binding(SimulatedCluster cluster) {
    return cluster.api().kinds().find("targetgroupbindings.elbv2.k8s.aws").orElseThrow();
  }
}
