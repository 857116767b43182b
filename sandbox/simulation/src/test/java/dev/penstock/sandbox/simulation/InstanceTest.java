package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Targets of type instance: the nodes behind a NodePort Service. */
class InstanceTest {
  private static final String TAINTED =
      "spec: {taints: [{key: ToBeDeletedByClusterAutoscaler, effect: NoSchedule}]}";

  private final Stage stage = new Stage();

  InstanceTest() throws Exception {
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml")
            .replace("type: ClusterIP", "type: NodePort")
            .replace("target-type: ip", "target-type: instance"));
    stage.until("all nodes serve", () -> stage.healthy().equals(nodes()) && stage.idle());
    stage.pass(Duration.ofMinutes(1));
  }

  private static Set<String> nodes() {
    return new TreeSet<>(SandboxWorld.NODES);
  }

  private static Set<String> nodesBut(String instance) {
    var nodes = nodes();
    nodes.remove(instance);
    return nodes;
  }

  private ObjectNode node(int number) {
    return stage.kubectl.all(Kinds.NODE, "").stream()
        .filter(n -> Tree.text(n, "spec", "providerID").endsWith(SandboxWorld.NODES.get(number)))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> registered() {
    var group = stage.targetGroups().getFirst().targetGroupArn();
    var ids = new TreeSet<String>();
    stage.targets(group).stream()
        .filter(t -> !t.targetHealth().stateAsString().equals("draining"))
        .forEach(t -> ids.add(t.target().id()));
    return ids;
  }

  @Test
  void theTargetsAreTheNodesAtTheNodePort() {
    var port =
        Tree.items(
                stage.kubectl.find(Kinds.SERVICE, "default", "nginx-service").orElseThrow(),
                "spec",
                "ports")
            .getFirst()
            .path("nodePort")
            .asInt();
    var group = stage.targetGroups().getFirst();
    assertEquals("instance", group.targetTypeAsString());
    assertEquals(
        List.of(port),
        stage.targets(group.targetGroupArn()).stream()
            .map(t -> t.target().port())
            .distinct()
            .toList());
  }

  @Test
  void aNodeThatIsAboutToGoLeavesAndComesBackWhenItStays() throws Exception {
    var name = Tree.name(node(0));
    var mark = stage.mark();
    stage.kubectl.patch(Kinds.NODE, "", name, TAINTED);
    stage.until("it leaves", () -> registered().equals(nodesBut(SandboxWorld.NODES.get(0))));
    stage.pass(Duration.ofMinutes(6));
    assertEquals(Map.of("DeregisterTargets", 1L), stage.writes(mark));

    var back = stage.mark();
    stage.kubectl.patch(Kinds.NODE, "", name, "spec: {taints: null}");
    stage.until("it serves again", () -> stage.healthy().equals(nodes()) && stage.idle());
    assertEquals(Map.of("RegisterTargets", 1L), stage.writes(back));
  }

  @Test
  void aCordonedNodeStays() throws Exception {
    var mark = stage.mark();
    stage.kubectl.patch(Kinds.NODE, "", Tree.name(node(0)), "spec: {unschedulable: true}");
    stage.pass(Duration.ofMinutes(2));
    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(nodes(), stage.healthy());
  }

  @Test
  void aNodeThatIsRemovedLeavesAndOneThatIsAddedIsRegistered() throws Exception {
    var node = node(2);
    var mark = stage.mark();
    stage.kubectl.delete(Kinds.NODE, "", Tree.name(node));
    stage.until("it is gone", () -> registered().equals(nodesBut(SandboxWorld.NODES.get(2))));
    stage.pass(Duration.ofMinutes(6));
    assertEquals(Map.of("DeregisterTargets", 1L), stage.writes(mark));

    var back = stage.mark();
    ((ObjectNode) node.path("metadata")).remove(List.of("uid", "resourceVersion"));
    stage.kubectl.apply(node.toString());
    stage.until("it serves", () -> stage.healthy().equals(nodes()) && stage.idle());
    assertEquals(Map.of("RegisterTargets", 1L), stage.writes(back));
  }
}
