package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A target group of a person into which several clusters register their targets. */
class SharedGroupTest {
  /** A target of another cluster. */
  private static final String THEIRS = "10.0.64.99";

  /** A target that LBC registered for this cluster, and of which only its list knows. */
  private static final String LEFT_BEHIND = "10.0.64.98";

  private static final String LIST = "aws-lbc-targets-my-app-tgb";

  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: my-app-tgb, namespace: default}
      spec:
        serviceRef: {name: nginx-service, port: 80}
        targetGroupARN: %s
        targetType: ip
        multiClusterTargetGroup: true
      """;

  @Test
  void aClusterKeepsAListOfItsTargetsAndTouchesNoOthers() throws Exception {
    var stage = withPods();
    var group = group(stage, THEIRS);
    stage.kubectl.apply(BINDING.formatted(group));
    stage.until("the pods are listed", () -> listed(stage).equals(stage.readyPods("default")));
    stage.until("they are registered", () -> stage.targets(group).size() == 4 && stage.idle());

    stage.kubectl.scale("default", "nginx-app", 1);
    stage.until(
        "the list follows",
        () ->
            stage.readyPods("default").size() == 1
                && listed(stage).equals(stage.readyPods("default"))
                && stage.idle());
    assertEquals(registered(THEIRS, stage), inGroup(stage, group));
    var mark = stage.mark();
    stage.pass(Duration.ofMinutes(12));
    assertEquals(Map.of(), stage.writes(mark));

    stage.kubectl.delete(BindingTest.binding(stage), "default", "my-app-tgb");
    stage.until(
        "the binding is gone",
        () -> stage.kubectl.find(BindingTest.binding(stage), "default", "my-app-tgb").isEmpty());
    stage.pass(Duration.ofMinutes(6));
    assertEquals(Set.of(THEIRS), inGroup(stage, group));
    assertEquals(Optional.empty(), stage.kubectl.find(Kinds.CONFIG_MAP, "default", LIST));
  }

  @Test
  void whatTheListOfAnotherControllerNamesIsTheClustersOwn() throws Exception {
    var stage = withPods();
    var group = group(stage, THEIRS, LEFT_BEHIND);
    stage.kubectl.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, namespace: default}
        data: {targets: "%s:80"}
        """
            .formatted(LIST, LEFT_BEHIND));
    stage.kubectl.apply(BINDING.formatted(group));
    stage.until("the pods are listed", () -> listed(stage).equals(stage.readyPods("default")));
    stage.pass(Duration.ofMinutes(6));
    var wanted = new TreeSet<>(stage.readyPods("default"));
    wanted.add(THEIRS);
    assertEquals(wanted, inGroup(stage, group));
  }

  private static Set<String> registered(String theirs, Stage stage) {
    var all = new TreeSet<>(stage.readyPods("default"));
    all.add(theirs);
    return all;
  }

  private static Stage withPods() throws Exception {
    var stage = new Stage();
    var documents = Stage.example("nginx-complete.yaml");
    stage.kubectl.apply(documents.substring(0, documents.indexOf("---\n# Ingress")));
    stage.until("three pods are ready", () -> stage.readyPods("default").size() == 3);
    return stage;
  }

  private static Set<String> inGroup(Stage stage, String group) {
    return stage.targets(group).stream()
        .filter(t -> !t.targetHealth().stateAsString().equals("draining"))
        .map(t -> t.target().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The addresses in the list, without their port. */
  private static Set<String> listed(Stage stage) {
    var list = stage.kubectl.find(Kinds.CONFIG_MAP, "default", LIST);
    var targets = list.map(object -> Tree.text(object, "data", "targets")).orElse("");
    return Set.of(targets.split(",")).stream()
        .map(target -> target.replace(":80", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String group(Stage stage, String... addresses) {
    var group = PeoplesGroup.make(stage.elb, "shared");
    for (var address : addresses) {
      stage.elb.registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(address).port(80)));
    }
    return group;
  }
}
