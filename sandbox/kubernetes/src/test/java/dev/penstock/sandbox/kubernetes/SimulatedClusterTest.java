package dev.penstock.sandbox.kubernetes;

import static dev.penstock.sandbox.kubernetes.VirtualCluster.condition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The stand-ins on a virtual clock. */
final class SimulatedClusterTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final VirtualCluster world = new VirtualCluster();

  private List<JsonNode> endpoints(String service) {
    return world.all(Kinds.ENDPOINT_SLICE).stream()
        .filter(
            s -> Tree.text(s, "metadata", "labels", "kubernetes.io/service-name").equals(service))
        .flatMap(s -> Tree.items(s, "endpoints").stream())
        .toList();
  }

  private static String conditions(JsonNode endpoint) {
    var c = endpoint.path("conditions");
    return "ready=%s serving=%s terminating=%s"
        .formatted(c.path("ready"), c.path("serving"), c.path("terminating"));
  }

  private ObjectNode onlyPod() {
    var pods = world.all(Kinds.POD);
    assertEquals(1, pods.size());
    return pods.getFirst();
  }

  private boolean answers(ObjectNode pod) {
    return world.cluster.probe(Tree.text(pod, "status", "podIP"), 80).isPresent();
  }

  @Test
  void theSameSeedGivesTheSameCluster() {
    var other = new VirtualCluster();
    for (var each : List.of(world, other)) {
      each.deploy("web", 3, "{maxSurge: 1, maxUnavailable: 0}");
      each.serve("web");
      each.pass(Duration.ofMinutes(2));
    }
    assertEquals(world.dump(), other.dump());
    assertTrue(world.dump().contains("10.0.128.4"));
  }

  @Test
  void aPodIsReadyWhenItsFirstProbeSucceedsAndNotBefore() {
    world.deploy("web", 1, "{}");
    world.pass(Duration.ofMillis(5999));
    assertEquals("False", condition(onlyPod(), "Ready"));
    assertTrue(answers(onlyPod()), "its container runs after a second");
    world.pass(Duration.ofMillis(1));
    assertEquals("True", condition(onlyPod(), "Ready"));
  }

  @Test
  void speedShortensEveryDuration() {
    var fast = new VirtualCluster(ClusterSpec.sandbox().withSpeed(10));
    fast.deploy("web", 1, "{}");
    fast.pass(Duration.ofMillis(600));
    assertEquals("True", condition(fast.all(Kinds.POD).getFirst(), "Ready"));
  }

  @Test
  void aClosedReadinessGateHoldsThePodBack() {
    world.create(
        Kinds.POD,
        """
        metadata: {name: gated, labels: {app: gated}}
        spec:
          readinessGates: [{conditionType: example.com/lb}]
          containers: [{name: web, image: web}]
        """);
    world.pass(Duration.ofMinutes(1));
    assertEquals("True", condition(onlyPod(), "ContainersReady"));
    assertEquals("False", condition(onlyPod(), "Ready"));
    var pod = onlyPod().deepCopy();
    ((ObjectNode) pod.get("status"))
        .withArrayProperty("conditions")
        .addObject()
        .put("type", "example.com/lb")
        .put("status", "True");
    world.api.update(Kinds.POD, "default", "gated", pod, WriteOptions.of("lb").on("status"));
    world.pass(SECOND);
    assertEquals("True", condition(onlyPod(), "Ready"));
  }

  @Test
  void aPodWaitsForTheBindingsThatSelectItWhereTheNamespaceIsLabelled() {
    world.serve("web");
    bind("ip-of-web", "ip", "web");
    bind("nodes-of-web", "instance", "web");
    bind("ip-of-other", "ip", "other");
    world.deploy("web", 1, "{}");
    world.pass(SECOND);
    assertEquals(List.of(), Tree.items(onlyPod(), "spec", "readinessGates"));
    var label = "metadata: {labels: {elbv2.k8s.aws/pod-readiness-gate-inject: enabled}}";
    world.merge(Kinds.NAMESPACE, "default", label);
    world.api.delete(Kinds.POD, "default", Tree.name(onlyPod()), DeleteOptions.now());
    world.pass(SECOND);
    var gates = Tree.items(onlyPod(), "spec", "readinessGates");
    assertEquals(
        List.of("target-health.elbv2.k8s.aws/ip-of-web"),
        gates.stream().map(g -> Tree.text(g, "conditionType")).toList());
  }

  private void bind(String name, String type, String service) {
    world.create(
        world.api.kinds().find("targetgroupbindings.elbv2.k8s.aws").orElseThrow(),
        """
        metadata: {name: %s}
        spec:
          targetType: %s
          targetGroupARN: arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/%s/1
          serviceRef: {name: %s, port: 80}
        """
            .formatted(name, type, name, service));
  }

  @Test
  void aTerminatingPodServesUntilItsGraceEnds() {
    world.deploy("web", 1, "{}");
    world.serve("web");
    world.pass(Duration.ofMinutes(1));
    var pod = onlyPod();
    assertEquals(
        "ready=true serving=true terminating=false", conditions(endpoints("web").getFirst()));
    world.api.delete(Kinds.POD, "default", Tree.name(pod), DeleteOptions.background());
    world.pass(Duration.ofSeconds(29));
    var dying =
        endpoints("web").stream()
            .filter(e -> Tree.text(e, "targetRef", "uid").equals(Tree.uid(pod)))
            .findFirst()
            .orElseThrow();
    assertEquals("ready=false serving=true terminating=true", conditions(dying));
    assertTrue(answers(pod));
    assertEquals(2, endpoints("web").size(), "its successor is there already");
    world.pass(Duration.ofSeconds(2));
    assertEquals(1, endpoints("web").size());
    assertFalse(answers(pod));
  }

  @Test
  void aRollingUpdateNeverHasFewerAvailablePodsThanAllowed() {
    world.deploy("web", 50, "{maxSurge: 10, maxUnavailable: 0}");
    world.pass(Duration.ofMinutes(1));
    world.merge(
        Kinds.DEPLOYMENT, "web", "spec: {template: {metadata: {annotations: {restarted: again}}}}");
    world.pass(
        Duration.ofMinutes(5),
        () -> {
          int available =
              Tree.at(world.get(Kinds.DEPLOYMENT, "web"), "status", "availableReplicas").asInt();
          assertTrue(available >= 50, "available " + available);
          long alive = world.all(Kinds.POD).stream().filter(p -> !Tree.deleting(p)).count();
          assertTrue(alive <= 60, "alive " + alive);
        });
    var status = world.get(Kinds.DEPLOYMENT, "web").path("status");
    assertEquals(50, status.path("updatedReplicas").asInt());
    assertEquals(50, status.path("replicas").asInt());
    assertTrue(status.toString().contains("NewReplicaSetAvailable"));
    assertEquals(50, world.all(Kinds.POD).size());
  }

  @Test
  void aFailingProbeTakesThePodOutAndASucceedingOneBringsItBack() {
    world.deploy("web", 1, "{}");
    world.serve("web");
    world.pass(Duration.ofMinutes(1));
    var name = Tree.name(onlyPod());
    world.merge(Kinds.POD, name, "metadata: {annotations: {sandbox.penstock.dev/ready: 'false'}}");
    assertEquals(
        503,
        world.cluster.probe(Tree.text(onlyPod(), "status", "podIP"), 80).orElseThrow().status());
    world.pass(Duration.ofSeconds(16));
    assertEquals(
        "ready=false serving=false terminating=false", conditions(endpoints("web").getFirst()));
    world.merge(Kinds.POD, name, "metadata: {annotations: {sandbox.penstock.dev/ready: null}}");
    world.pass(Duration.ofSeconds(6));
    assertEquals(
        "ready=true serving=true terminating=false", conditions(endpoints("web").getFirst()));
  }

  @Test
  void aStuckPodStaysAndServesUntilItIsDeletedByForce() {
    world.deploy("web", 1, "{}");
    world.pass(Duration.ofMinutes(1));
    var pod = onlyPod();
    world.merge(
        Kinds.POD, Tree.name(pod), "metadata: {annotations: {sandbox.penstock.dev/stuck: 'true'}}");
    world.api.delete(Kinds.POD, "default", Tree.name(pod), DeleteOptions.background());
    world.pass(Duration.ofMinutes(10));
    assertTrue(answers(pod));
    world.api.delete(Kinds.POD, "default", Tree.name(pod), DeleteOptions.now());
    world.pass(SECOND);
    assertFalse(answers(pod));
    assertTrue(world.api.find(Kinds.POD, "default", Tree.name(pod)).isEmpty());
  }

  @Test
  void aFinalizerHoldsThePodButItsContainersEnd() {
    world.create(
        Kinds.POD,
        """
        metadata: {name: held, finalizers: [example.com/hold]}
        spec: {containers: [{name: web, image: web}]}
        """);
    world.pass(Duration.ofMinutes(1));
    var pod = onlyPod();
    world.api.delete(Kinds.POD, "default", "held", DeleteOptions.background());
    world.pass(Duration.ofMinutes(5));
    assertEquals("Succeeded", Tree.text(onlyPod(), "status", "phase"));
    assertFalse(answers(pod));
    world.cluster.stripFinalizer("pods", "default", "held", "example.com/hold");
    world.pass(SECOND);
    assertTrue(world.all(Kinds.POD).isEmpty());
  }

  @Test
  void aSilentNodeLosesItsPodsAfterTheTolerationAndAGoneNodeAtOnce() {
    world.deploy("web", 3, "{}");
    world.serve("web");
    world.pass(Duration.ofMinutes(1));
    var node = Tree.name(world.all(Kinds.NODE).getFirst());
    world.merge(Kinds.NODE, node, "metadata: {annotations: {sandbox.penstock.dev/down: 'true'}}");
    world.pass(Duration.ofSeconds(39));
    assertEquals("True", condition(world.get(Kinds.NODE, node), "Ready"));
    world.pass(Duration.ofSeconds(2));
    assertEquals("Unknown", condition(world.get(Kinds.NODE, node), "Ready"));
    assertEquals(
        2,
        endpoints("web").stream()
            .filter(e -> e.path("conditions").path("ready").asBoolean())
            .count());
    world.pass(Duration.ofSeconds(330));
    var placed = new TreeSet<String>();
    world.all(Kinds.POD).stream()
        .filter(p -> !Tree.deleting(p))
        .forEach(p -> placed.add(Tree.text(p, "spec", "nodeName")));
    assertEquals(2, placed.size());
    assertFalse(placed.contains(node));
    world.api.delete(Kinds.NODE, "", node, DeleteOptions.background());
    world.pass(SECOND);
    assertEquals(3, world.all(Kinds.POD).size());
  }

  @Test
  void aNamespaceGoesWhenTheLastFinalizerInItIsGone() {
    world.create(Kinds.NAMESPACE, "metadata: {name: team}");
    world.api.create(
        Kinds.CONFIG_MAP,
        "team",
        VirtualCluster.yaml("metadata: {name: kept, finalizers: [example.com/hold]}"),
        WriteOptions.of("user"));
    world.pass(SECOND);
    world.api.delete(Kinds.NAMESPACE, "", "team", DeleteOptions.background());
    world.pass(SECOND);
    var namespace = world.api.get(Kinds.NAMESPACE, "", "team");
    assertEquals("Terminating", Tree.text(namespace, "status", "phase"));
    assertEquals("True", condition(namespace, "NamespaceFinalizersRemaining"));
    world.cluster.stripFinalizer("configmaps", "team", "kept", "example.com/hold");
    world.pass(SECOND);
    assertTrue(world.api.find(Kinds.NAMESPACE, "", "team").isEmpty());
  }

  @Test
  void aSwappedClusterIsAnotherOneAndEmpty() {
    world.deploy("web", 2, "{}");
    world.pass(Duration.ofMinutes(1));
    var before = world.cluster.uid();
    world.cluster.swap();
    world.pass(SECOND);
    assertNotEquals(before, world.cluster.uid());
    assertTrue(world.all(Kinds.POD).isEmpty());
    assertEquals(3, world.all(Kinds.NODE).size());
  }

  @Test
  void aSmallNetworkGivesAnAddressToAnotherPodOnlyWhenItsTurnComesAgain() {
    var small = new VirtualCluster(ClusterSpec.sandbox().withPodCidr("10.0.200.0/29"));
    small.deploy("web", 3, "{}");
    small.pass(Duration.ofMinutes(1));
    var addresses = new TreeSet<String>();
    small.all(Kinds.POD).forEach(p -> addresses.add(Tree.text(p, "status", "podIP")));
    assertEquals(new TreeSet<>(List.of("10.0.200.4", "10.0.200.5", "10.0.200.6")), addresses);
    small.merge(Kinds.DEPLOYMENT, "web", "spec: {replicas: 4}");
    small.pass(Duration.ofMinutes(1));
    assertEquals(
        3, small.all(Kinds.POD).stream().filter(p -> Tree.has(p, "status", "podIP")).count());
    small.merge(Kinds.DEPLOYMENT, "web", "spec: {replicas: 0}");
    small.pass(Duration.ofMinutes(1));
    small.merge(Kinds.DEPLOYMENT, "web", "spec: {replicas: 1}");
    small.pass(Duration.ofMinutes(1));
    assertEquals("10.0.200.4", Tree.text(small.all(Kinds.POD).getFirst(), "status", "podIP"));
  }

  @Test
  void aNodePortAnswersOnEveryNodeAsLongAsOnePodIsReady() {
    world.deploy("web", 1, "{}");
    world.create(
        Kinds.SERVICE,
        "{metadata: {name: web}, spec: {type: NodePort, selector: {app: web}, ports: [{port:"
            + " 80}]}}");
    world.pass(Duration.ofMinutes(1));
    assertEquals(
        Tree.name(onlyPod()), world.cluster.probe("10.0.32.12", 30_000).orElseThrow().name());
    world.merge(Kinds.DEPLOYMENT, "web", "spec: {replicas: 0}");
    world.pass(Duration.ofMinutes(1));
    assertTrue(world.cluster.probe("10.0.32.12", 30_000).isEmpty());
  }

  @Test
  void aQuietClusterHasNothingToDo() {
    world.deploy("web", 3, "{}");
    world.serve("web");
    world.pass(Duration.ofHours(3));
    long before = world.store.revision();
    world.pass(Duration.ofHours(3));
    assertEquals(before, world.store.revision());
  }
}
