package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each kind of change is followed by the right AWS calls in the right order and nothing else. */
class CallsTest {
  private static final String READY = "metadata: {annotations: {sandbox.penstock.dev/ready: '%s'}}";
  private static final String RULES =
      """
      spec:
        rules:
          - host: %s
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
                - path: %s
                  pathType: Exact
                  backend: {service: {name: nginx-service, port: {number: 80}}}
      """;

  private final Map<String, String> founding;
  private final Stage stage;

  CallsTest() throws Exception {
    founding = new Stage().securityGroups();
    stage = Stage.withNginx();
    stage.pass(Duration.ofMinutes(1));
  }

  @Test
  void theFirstIngress() throws Exception {
    var fresh = new Stage();
    fresh.pass(Duration.ofMinutes(1));
    var mark = fresh.mark();

    fresh.kubectl.apply(Stage.example("nginx-complete.yaml"));
    fresh.until("nginx serves", fresh::nginxServes);

    assertEquals(
        List.of(
            "CreateSecurityGroup",
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "CreateTargetGroup",
            "DescribeTags",
            "CreateLoadBalancer",
            "DescribeTags",
            "CreateListener",
            "CreateListener",
            "ChangeResourceRecordSets",
            "CreateRule",
            "GetChange",
            "DescribeLoadBalancers",
            "RegisterTargets",
            "AuthorizeSecurityGroupIngress",
            "DescribeTargetHealth"),
        fresh.callNames(mark));
  }

  @Test
  void scalingUp() throws Exception {
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 6);
    stage.until("six are healthy", () -> stage.healthy().size() == 6 && stage.idle());

    assertEquals(List.of("RegisterTargets", "DescribeTargetHealth"), stage.callNames(mark));
  }

  @Test
  void scalingDown() throws Exception {
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 1);
    stage.until("one is left", () -> targets() == 1 && stage.idle());

    assertEquals(List.of("DeregisterTargets", "DescribeTargetHealth"), stage.callNames(mark));
    assertEquals(1L, stage.writes(mark).get("DeregisterTargets"));
  }

  @Test
  void scalingToZeroKeepsTheLastWhileTheyServeAndClosesTheWayToThemAfterwards() throws Exception {
    var mark = stage.mark();

    stage.kubectl.scale("default", "nginx-app", 0);
    stage.until("none is left", () -> targets() == 0 && stage.idle());

    assertEquals(
        List.of("DeregisterTargets", "RevokeSecurityGroupIngress", "DescribeTargetHealth"),
        stage.callNames(mark));
  }

  @Test
  void aRollingUpdateRegistersFirstInEveryWave() throws Exception {
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.DEPLOYMENT,
        "default",
        "nginx-app",
        "spec: {template: {metadata: {annotations: {rolled: 'yes'}}}}");
    stage.until("old ones are leaving", () -> !stage.inState("draining").isEmpty());
    stage.until("three serve", () -> targets() == 3 && stage.healthy().size() == 3);

    var writes = new ArrayList<>(stage.callNames(mark));
    writes.removeIf("DescribeTargetHealth"::equals);
    assertEquals(
        List.of(
            "RegisterTargets",
            "DeregisterTargets",
            "RegisterTargets",
            "DeregisterTargets",
            "RegisterTargets",
            "DeregisterTargets"),
        writes);
  }

  @Test
  void aFailingReadinessProbe() throws Exception {
    var pod = Tree.name(stage.kubectl.all(Kinds.POD, "default").getFirst());
    var mark = stage.mark();

    stage.kubectl.patch(Kinds.POD, "default", pod, READY.formatted("false"));
    stage.until("it leaves", () -> targets() == 2 && stage.idle());
    assertEquals(List.of("DeregisterTargets", "DescribeTargetHealth"), stage.callNames(mark));

    var back = stage.mark();
    stage.kubectl.patch(Kinds.POD, "default", pod, READY.formatted("true"));
    stage.until("it serves again", () -> stage.healthy().size() == 3 && stage.idle());
    assertEquals(List.of("RegisterTargets", "DescribeTargetHealth"), stage.callNames(back));
  }

  @Test
  void aPodThatIsStuckTerminating() throws Exception {
    var pod = Tree.name(stage.kubectl.all(Kinds.POD, "default").getFirst());
    stage.kubectl.patch(
        Kinds.POD, "default", pod, "metadata: {annotations: {sandbox.penstock.dev/stuck: 'true'}}");
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.POD, "default", pod);
    stage.until("another took its place", () -> targets() == 3 && stage.healthy().size() == 3);
    stage.pass(Duration.ofMinutes(2));

    assertTrue(stage.kubectl.find(Kinds.POD, "default", pod).isPresent(), "it is stuck");
    assertEquals(Map.of("RegisterTargets", 1L, "DeregisterTargets", 1L), stage.writes(mark));
  }

  @Test
  void anotherHealthCheck() throws Exception {
    var mark = stage.mark();

    annotate("alb.ingress.kubernetes.io/healthcheck-path", "/ready");
    stage.pass(Duration.ofMinutes(1));

    assertEquals(List.of("ModifyTargetGroup"), stage.callNames(mark));
  }

  @Test
  void anotherPathBeforeTheOnlyOne() throws Exception {
    var mark = stage.mark();

    edit(RULES.formatted("nginx.example.com", "/exact"));
    stage.pass(Duration.ofMinutes(1));

    assertEquals(List.of("SetRulePriorities", "CreateRule", "AddTags"), stage.callNames(mark));
  }

  @Test
  void anotherHost() throws Exception {
    var mark = stage.mark();

    edit(RULES.formatted("web.example.com", "/exact"));
    stage.pass(Duration.ofMinutes(1));

    assertEquals(
        List.of("CreateRule", "CreateRule", "ChangeResourceRecordSets", "DeleteRule", "GetChange"),
        stage.callNames(mark));
  }

  @Test
  void deletingTheIngressTakesTheNameFirstAndLeavesNothing() throws Exception {
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until("it is gone", () -> stage.securityGroups().equals(founding) && stage.idle());

    assertEquals(
        List.of(
            "ChangeResourceRecordSets",
            "DeleteLoadBalancer",
            "GetChange",
            "DeleteTargetGroup",
            "RevokeSecurityGroupIngress",
            "DeleteSecurityGroup",
            "DeleteSecurityGroup"),
        stage.callNames(mark));
    assertEquals(List.of(), stage.loadBalancers());
    assertEquals(List.of(), stage.targetGroups());
    assertEquals(Map.of(), stage.records());
    assertTrue(stage.kubectl.find(Kinds.INGRESS, "default", "nginx-ingress").isEmpty());

    var after = stage.mark();
    stage.pass(Duration.ofMinutes(10));
    assertEquals(Map.of(), stage.writes(after));
  }

  private int targets() {
    return stage.targets(stage.targetGroups().getFirst().targetGroupArn()).size();
  }

  private void annotate(String key, String value) {
    edit("metadata: {annotations: {%s: '%s'}}".formatted(key, value));
  }

  private void edit(String patch) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", patch);
  }
}
