package dev.penstock.sandbox.simulation.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.Pipeline;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Deed;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Mistake;
import dev.penstock.sandbox.simulation.script.NodeDeed;
import dev.penstock.sandbox.simulation.script.OperatorDeed;
import dev.penstock.sandbox.simulation.script.RivalDeed;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import dev.penstock.sandbox.simulation.script.Setting;
import dev.penstock.schemas.audit.AuditEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each deed does what it says, seen in the world at once. */
class DeedsTest {
  private static final ScriptFleet FLEET = new ScriptFleet(List.of(Home.WEST), 2, 28);
  private static final String OURS = "target-health.elbv2.k8s.aws/k8s-";
  private static final String GATE = "/spec/readinessGates/0/conditionType";

  private final PlayedWorld world;
  private final Performer performer;

  DeedsTest() throws Exception {
    world = new PlayedWorld(Pipeline.start(1, FLEET.built()), FLEET);
    performer = new Performer(world);
    perform(new AppDeed.Deploy(1, 1, 2, false));
    perform(new AppDeed.Deploy(1, 2, 1, true));
    perform(new RouteDeed.Publish(1, 1, Route.of(1)));
    world.pipeline().pass(Duration.ofMinutes(2));
  }

  private void perform(Deed deed) throws Exception {
    performer.perform(deed);
    assertEquals(List.of(), performer.refused());
  }

  private ObjectNode deployment() {
    return world.kubectl(1).find(Kinds.DEPLOYMENT, "default", "app-1").orElseThrow();
  }

  private ObjectNode ingress() {
    return world.kubectl(1).find(Kinds.INGRESS, "default", "app-1").orElseThrow();
  }

  private String annotation(String name) {
    return Tree.annotation(ingress(), "alb.ingress.kubernetes.io/" + name);
  }

  private List<ObjectNode> pods() {
    return world.kubectl(1).all(Kinds.POD, "default");
  }

  private long deleting() {
    return pods().stream().filter(Tree::deleting).count();
  }

  private List<String> said() {
    return world.pipeline().audit().stream()
        .flatMap(record ->
            record.entry() instanceof AuditEntry.PersonDecided said
                ? List.of(said.what()).stream()
                : List.<String>of().stream())
        .toList();
  }

  @Test
  void deploymentsAreScaledRolledAndGated() throws Exception {
    perform(new AppDeed.Scale(1, 1, 3));
    assertEquals(3, deployment().at("/spec/replicas").asInt());
    perform(new AppDeed.Roll(1, 1, 7));
    assertEquals("web:7", deployment().at("/spec/template/spec/containers/0/image").asText());
    perform(new AppDeed.Gate(1, 1));
    world.pipeline().pass(Duration.ofSeconds(5));
    assertTrue(pods().stream().anyMatch(p -> p.at(GATE).asText().startsWith(OURS)));
  }

  @Test
  void podsGoSickenAndStick() throws Exception {
    perform(new AppDeed.DeletePod(1, 1, 1));
    assertEquals(1, deleting());
    perform(new AppDeed.KillPod(1, 1, 1));
    assertEquals(0, deleting());
    world.pipeline().pass(Duration.ofMinutes(1));
    perform(new AppDeed.Sicken(1, 1, 1));
    world.pipeline().pass(Duration.ofMinutes(1));
    assertEquals(1, deployment().at("/status/readyReplicas").asInt());
    perform(new AppDeed.Heal(1, 1));
    world.pipeline().pass(Duration.ofMinutes(1));
    assertEquals(2, deployment().at("/status/readyReplicas").asInt());
    perform(new AppDeed.Stick(1, 1, 1));
    world.pipeline().pass(Duration.ofMinutes(10));
    assertEquals(1, deleting());
    performer.calm();
    world.pipeline().pass(Duration.ofMinutes(1));
    assertEquals(0, deleting());
  }

  @Test
  void applicationsAndNamespacesGo() throws Exception {
    perform(new AppDeed.DeleteService(1, 2));
    assertTrue(world.kubectl(1).find(Kinds.SERVICE, "shop", "app-2").isEmpty());
    perform(new AppDeed.DeleteNamespace(1, "shop"));
    perform(new AppDeed.Remove(1, 1));
    world.pipeline().pass(Duration.ofMinutes(5));
    assertTrue(world.kubectl(1).find(Kinds.NAMESPACE, "", "shop").isEmpty());
    assertEquals(List.of(), pods());
    assertTrue(world.kubectl(1).find(Kinds.INGRESS, "default", "app-1").isEmpty());
  }

  @Test
  void ingressesAreEditedInEachWay() throws Exception {
    perform(new RouteDeed.Regroup(1, 1, 2, 5));
    assertEquals("group-2", annotation("group.name"));
    assertEquals("5", annotation("group.order"));
    perform(new RouteDeed.Regroup(1, 1, 0, 5));
    assertEquals("", annotation("group.name"));
    perform(new RouteDeed.Rescheme(1, 1, true));
    assertEquals("internal", annotation("scheme"));
    perform(new RouteDeed.Rehost(1, 1, 3));
    assertEquals("h3.example.com", ingress().at("/spec/rules/0/host").asText());
    perform(new RouteDeed.Tune(1, 1, 1));
    assertEquals("team=edge", annotation("tags"));
    perform(new RouteDeed.Touch(1, 1, 4));
    assertEquals("v4", ingress().at("/metadata/labels/touched").asText());
    perform(new RouteDeed.Reclass(1, 1, "other"));
    assertEquals("other", ingress().at("/spec/ingressClassName").asText());
  }

  @Test
  void eachMistakeIsToldToTheOwnerAndIsTakenBack() throws Exception {
    var before = ingress().path("spec");
    for (var mistake : Mistake.values()) {
      var warnings = warnings();
      perform(new RouteDeed.Spoil(1, 1, mistake));
      world.pipeline().pass(Duration.ofSeconds(30));
      assertNotEquals(warnings, warnings(), mistake.toString());
      perform(new RouteDeed.Mend(1, 1));
      assertEquals(before, ingress().path("spec"), mistake.toString());
      world.pipeline().pass(Duration.ofMinutes(1));
    }
  }

  private List<String> warnings() {
    return world.kubectl(1).all(Kinds.EVENT, "default").stream()
        .filter(event -> Tree.text(event, "type").equals("Warning"))
        .map(event -> Tree.text(event, "message") + " " + Tree.text(event, "count"))
        .toList();
  }

  @Test
  void ingressesAndBindingsComeAndGo() throws Exception {
    perform(new RouteDeed.Bind(1, 2, 1));
    world.pipeline().pass(Duration.ofMinutes(1));
    assertEquals(1, bindings("shop"));
    perform(new RouteDeed.Unbind(1, 2));
    world.pipeline().pass(Duration.ofMinutes(1));
    assertEquals(0, bindings("shop"));
    perform(new RouteDeed.DeleteMirrors(1, 1));
    perform(new RouteDeed.EditWhileDeleting(1, 1));
    assertTrue(Tree.deleting(ingress()));
    assertEquals("/late", annotation("healthcheck-path"));
    world.pipeline().pass(Duration.ofMinutes(10));
    assertEquals(0, bindings("default"));
    perform(new RouteDeed.Publish(1, 1, Route.of(2)));
    assertFalse(Tree.deleting(ingress()));
    perform(new RouteDeed.Unpublish(1, 1));
  }

  private long bindings(String namespace) {
    var kind = world.kind(1, "targetgroupbindings.elbv2.k8s.aws").orElseThrow();
    return world.kubectl(1).all(kind, namespace).size();
  }

  @Test
  void nodesLeaveFailAndAreTainted() throws Exception {
    perform(new NodeDeed.NodeLeaves(1, 1));
    assertEquals(2, world.kubectl(1).all(Kinds.NODE, "").size());
    perform(new NodeDeed.NodesReturn(1));
    assertEquals(3, world.kubectl(1).all(Kinds.NODE, "").size());
    perform(new NodeDeed.NodeFails(1, 1));
    perform(new NodeDeed.NodeTainted(1, 2));
    world.pipeline().pass(Duration.ofMinutes(2));
    var text = world.kubectl(1).all(Kinds.NODE, "").toString();
    assertTrue(text.contains("sandbox.penstock.dev/down"), text);
    assertTrue(text.contains("ToBeDeletedByClusterAutoscaler"), text);
    perform(new NodeDeed.NodesRecover(1));
    perform(new NodeDeed.NodesUntainted(1));
    var after = world.kubectl(1).all(Kinds.NODE, "").toString();
    assertFalse(after.contains("sandbox.penstock.dev/down"), after);
    assertFalse(after.contains("ToBeDeletedByClusterAutoscaler"), after);
  }

  @Test
  void theRivalMakesItsOwnAndTakesItAway() throws Exception {
    var before = world.ec2(1).describeSecurityGroups().securityGroups();
    perform(new RivalDeed.RivalArrives(1));
    perform(new RivalDeed.RivalRegisters(1, 1));
    perform(new RivalDeed.RivalOpensPort(1, 8001));
    assertTrue(world.kubectl(1).all(Kinds.LEASE, "kube-system").toString().contains("rival"));
    world.pipeline().pass(Duration.ofMinutes(40));
    assertEquals(2, world.elb(1).describeLoadBalancers().loadBalancers().size());
    perform(new RivalDeed.RivalLeaves(1));
    world.pipeline().pass(Duration.ofMinutes(3));
    world.end(world.pipeline().now());
    assertEquals(1, world.elb(1).describeLoadBalancers().loadBalancers().size());
    assertEquals(before, world.ec2(1).describeSecurityGroups().securityGroups());
  }

  @Test
  void theOperatorsWordsAreInTheAudit() throws Exception {
    for (var setting : Setting.values()) {
      perform(new OperatorDeed.ChangeSetting(setting));
      world.pipeline().pass(Duration.ofSeconds(1));
      assertTrue(said().contains("changed the settings " + setting.path()), said().toString());
    }
    perform(new OperatorDeed.PauseCluster(1, true));
    perform(new OperatorDeed.PauseStack(1, 1, false));
    perform(new OperatorDeed.PauseName(1));
    perform(new OperatorDeed.Shadow(1));
    perform(new OperatorDeed.DropMember(1, 1));
    perform(new OperatorDeed.Checkpoint());
    world.pipeline().pass(Duration.ofSeconds(1));
    for (var words :
        List.of(
            "paused cluster cluster-1, targets too",
            "paused stack cluster-1|ingress|default/app-1",
            "paused name h1.example.com",
            "set cluster cluster-1 to shadow",
            "dropped what was last good of cluster-1|Ingress|default/app-1",
            "asked for a checkpoint")) {
      assertTrue(said().contains(words), words + " is not in " + said());
    }
    perform(new OperatorDeed.ResumeAll());
    perform(new OperatorDeed.Manage(1));
    world.pipeline().pass(Duration.ofSeconds(1));
    assertTrue(said().contains("resumed cluster cluster-1"), said().toString());
    assertTrue(said().contains("set cluster cluster-1 to manage"), said().toString());
  }
}
