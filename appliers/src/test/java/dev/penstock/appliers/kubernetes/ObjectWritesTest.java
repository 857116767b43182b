package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.sandbox.kubernetes.ClusterFaults.Effect;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetGroupBinding;
import dev.penstock.schemas.command.KubernetesWrite.DeleteTargetGroupBinding;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.command.KubernetesWrite.SetCondition;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditions, Events and TargetGroupBinding objects on a simulated cluster. */
final class ObjectWritesTest {
  private static final Result APPLIED = new Result.Applied();
  private static final String GATE = "target-health.elbv2.k8s.aws/t";
  private static final Map<String, String> LABELS = Map.of("ingress.k8s.aws/stack", "shared");

  private final World world = new World();

  @Test
  void aConditionStandsBesideOthersAndItsTimeMovesWithItsStatus() {
    pod();
    world.patch(
        ObjectKind.POD,
        "p",
        "status",
        """
        [{"op":"add","path":"/status/conditions",
          "value":[{"type":"Ready","status":"False"}]}]\
        """);
    assertEquals(APPLIED, gate("False", "Initial", ""));
    var first = condition().path("lastTransitionTime").asText();
    assertEquals(APPLIED, gate("False", "Unhealthy", "code 503"));
    assertEquals(first, condition().path("lastTransitionTime").asText());
    assertEquals("code 503", condition().path("message").asText());
    assertEquals(APPLIED, gate("True", "", ""));
    assertNotEquals(first, condition().path("lastTransitionTime").asText());
    assertFalse(condition().has("message"));
    var conditions = world.get(ObjectKind.POD, "p").path("status").path("conditions");
    assertEquals(2, conditions.size());
    assertEquals("False", conditions.path(0).path("status").asText());
    world.writes = 0;
    assertEquals(APPLIED, gate("True", "", ""));
    assertEquals(0, world.writes);
  }

  @Test
  void aKindWithoutConditionsTakesNone() {
    world.ingress("web");
    var write = new SetCondition(new Condition("Ready", "True", "", ""));
    var result = world.run(ObjectKind.INGRESS, "web", "", write);
    assertEquals(Fault.INVALID, assertInstanceOf(Result.Rejected.class, result).fault());
  }

  @Test
  void theSameEventIsCountedOncePerCommand() {
    var uid = World.uid(world.ingress("web"));
    var event = new RecordEvent("Warning", "FailedBuildModel", "no subnets");
    for (int i = 0; i < 3; i++) {
      assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", uid, event));
    }
    assertEquals(1, events().size());
    var recorded = events().getFirst();
    assertEquals(3, recorded.path("count").asInt());
    assertEquals("no subnets", recorded.path("message").asText());
    assertEquals(uid, recorded.path("involvedObject").path("uid").asText());
    assertTrue(
        recorded.path("lastTimestamp").asText().compareTo(recorded.path("firstTimestamp").asText())
            > 0);
    world.run(ObjectKind.INGRESS, "web", uid, new RecordEvent("Warning", "Other", "no subnets"));
    assertEquals(2, events().size());
  }

  @Test
  void anEventWhoseAnswerWasLostIsNotCountedTwice() {
    world.ingress("web");
    var event = new RecordEvent("Normal", "Made", "it is made");
    world.run(ObjectKind.INGRESS, "web", "", event);
    world.fault("patch", "events", new Effect.Drop(true), 1);
    assertEquals(APPLIED, world.run(ObjectKind.INGRESS, "web", "", event));
    assertEquals(2, events().getFirst().path("count").asInt());
  }

  @Test
  void aLongMessageIsCutToWhatTheServerTakes() {
    world.ingress("web");
    world.run(ObjectKind.INGRESS, "web", "", new RecordEvent("Normal", "Long", "ä".repeat(3000)));
    assertEquals(512, events().getFirst().path("message").asText().length());
  }

  @Test
  void anEventThatIsRefusedStopsNoOtherWrite() {
    world.ingress("web");
    world.fault("create", "events", new Effect.Answer(403), -1);
    var event = new RecordEvent("Normal", "Made", "it is made");
    var result = world.run(ObjectKind.INGRESS, "web", "", event, new AddFinalizer("a/b"));
    assertEquals(APPLIED, result);
    assertTrue(world.get(ObjectKind.INGRESS, "web").toString().contains("a/b"));
  }

  @Test
  void aBindingIsMadeWithLabelsAndFinalizer() {
    assertEquals(APPLIED, apply(World.binding("arn:1", "web")));
    var made = binding();
    assertEquals(
        "shared", made.path("metadata").path("labels").path("ingress.k8s.aws/stack").asText());
    assertEquals(
        "[\"elbv2.k8s.aws/resources\"]", made.path("metadata").path("finalizers").toString());
    assertEquals("arn:1", made.path("spec").path("targetGroupARN").asText());
    assertEquals(80, made.path("spec").path("serviceRef").path("port").asInt());
    world.writes = 0;
    assertEquals(APPLIED, apply(World.binding("arn:1", "web")));
    assertEquals(0, world.writes);
  }

  @Test
  void whatSomebodyChangedOnABindingIsPutRight() {
    apply(World.binding("arn:1", "web"));
    var uid = World.uid(binding());
    world.patch(
        ObjectKind.TARGET_GROUP_BINDING,
        "t",
        "",
        """
        [{"op":"remove","path":"/metadata/finalizers"},
         {"op":"add","path":"/metadata/labels/theirs","value":"kept"},
         {"op":"add","path":"/spec/multiClusterTargetGroup","value":true},
         {"op":"add","path":"/spec/vpcID","value":"vpc-0123456789abcdef0"},
         {"op":"replace","path":"/spec/serviceRef/name","value":"wrong"}]\
        """);
    assertEquals(APPLIED, apply(World.binding("arn:1", "web")));
    assertEquals(uid, World.uid(binding()));
    assertEquals("web", binding().path("spec").path("serviceRef").path("name").asText());
    assertFalse(binding().path("spec").has("multiClusterTargetGroup"));
    assertTrue(binding().path("spec").has("vpcID"), "filled in by a webhook");
    assertEquals("kept", binding().path("metadata").path("labels").path("theirs").asText());
    assertEquals(1, binding().path("metadata").path("finalizers").size());
  }

  @Test
  void aBindingDeletedFromOutsideIsMadeAgain() {
    apply(World.binding("arn:1", "web"));
    var uid = World.uid(binding());
    world.delete(ObjectKind.TARGET_GROUP_BINDING, "t");
    assertTrue(world.exists(ObjectKind.TARGET_GROUP_BINDING, "t"), "its finalizer holds it");
    assertEquals(APPLIED, apply(World.binding("arn:1", "web")));
    assertNotEquals(uid, World.uid(binding()));
    assertFalse(binding().path("metadata").has("deletionTimestamp"));
  }

  @Test
  void aBindingOntoAnotherTargetGroupIsMadeAnew() {
    apply(World.binding("arn:1", "web"));
    var uid = World.uid(binding());
    assertEquals(APPLIED, apply(World.binding("arn:2", "web")));
    assertNotEquals(uid, World.uid(binding()));
    assertEquals("arn:2", binding().path("spec").path("targetGroupARN").asText());
  }

  @Test
  void aBindingThatSomebodyElseMadeIsLeftAlone() {
    world.create(
        ObjectKind.TARGET_GROUP_BINDING,
        "t",
        "{\"spec\":{\"targetGroupARN\":\"arn:9\",\"serviceRef\":{\"name\":\"x\",\"port\":1}}}");
    var before = binding();
    for (var result :
        List.of(
            apply(World.binding("arn:1", "web")),
            world.run(ObjectKind.TARGET_GROUP_BINDING, "t", "", new DeleteTargetGroupBinding()))) {
      assertEquals(Fault.FOREIGN, assertInstanceOf(Result.Rejected.class, result).fault());
    }
    assertEquals(before, binding());
  }

  @Test
  void aBindingIsDeletedWithItsFinalizer() {
    apply(World.binding("arn:1", "web"));
    var delete = new DeleteTargetGroupBinding();
    assertEquals(APPLIED, world.run(ObjectKind.TARGET_GROUP_BINDING, "t", "", delete));
    assertFalse(world.exists(ObjectKind.TARGET_GROUP_BINDING, "t"));
    assertEquals(APPLIED, world.run(ObjectKind.TARGET_GROUP_BINDING, "t", "", delete));
  }

  @Test
  void aBindingThatAnotherFinalizerHoldsIsWaitedFor() {
    apply(World.binding("arn:1", "web"));
    world.patch(
        ObjectKind.TARGET_GROUP_BINDING,
        "t",
        "",
        "[{\"op\":\"add\",\"path\":\"/metadata/finalizers/-\",\"value\":\"other/one\"}]");
    world.delete(ObjectKind.TARGET_GROUP_BINDING, "t");
    var result = apply(World.binding("arn:1", "web"));
    assertEquals(Fault.DEPENDENCY_PENDING, assertInstanceOf(Result.Deferred.class, result).fault());
  }

  private Result gate(String status, String reason, String message) {
    world.sleep(Duration.ofSeconds(5));
    var condition = new Condition(GATE, status, reason, message);
    return world.run(ObjectKind.POD, "p", "", new SetCondition(condition));
  }

  private JsonNode condition() {
    for (var condition : world.get(ObjectKind.POD, "p").path("status").path("conditions")) {
      if (condition.path("type").asText().equals(GATE)) {
        return condition;
      }
    }
    throw new AssertionError("no condition");
  }

  private void pod() {
    world.create(
        ObjectKind.POD, "p", "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}}");
  }

  private List<JsonNode> events() {
    return world.cluster.api().all(Kinds.EVENT, "default").stream()
        .filter(event -> event.path("source").path("component").asText().equals("penstock"))
        .map(JsonNode.class::cast)
        .toList();
  }

  private Result apply(TargetGroupBinding.Spec spec) {
    return world.run(
        ObjectKind.TARGET_GROUP_BINDING, "t", "", new ApplyTargetGroupBinding(LABELS, spec));
  }

  private JsonNode binding() {
    return world.get(ObjectKind.TARGET_GROUP_BINDING, "t");
  }
}
