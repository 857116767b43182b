package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.event.PersonFact.ClusterRegistered;
import dev.penstock.schemas.json.RecordChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The Ingresses of seed 2: three namespaces share one load balancer. */
class GroupTest {
  static final String APP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: %1$s}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: %1$s}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: web:1, ports: [{containerPort: 80}]}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: %1$s}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      """;
  static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: web
        namespace: %1$s
        annotations:
          alb.ingress.kubernetes.io/scheme: internet-facing
          alb.ingress.kubernetes.io/target-type: ip
          alb.ingress.kubernetes.io/group.name: platform
          alb.ingress.kubernetes.io/group.order: '%2$d'
      spec:
        ingressClassName: alb
        rules:
          - host: %1$s.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      """;

  static Stage withGroup() throws Exception {
    return withGroup(new Stage());
  }

  static Stage withGroup(Stage stage) throws Exception {
    var order = 30;
    for (var namespace : List.of("blue", "green", "red")) {
      stage.kubectl.apply(APP.formatted(namespace));
      stage.kubectl.apply(INGRESS.formatted(namespace, order));
      order -= 10;
    }
    stage.until(
        "all three are served",
        () ->
            stage.loadBalancers().size() == 1
                && stage.listeners().size() == 1
                && stage.rules(80).size() == 4
                && stage.healthy().size() == 6
                && !stage.address("blue", "web").isEmpty()
                && !stage.address("green", "web").isEmpty()
                && !stage.address("red", "web").isEmpty()
                && stage.idle());
    return stage;
  }

  static List<String> hosts(Stage stage) {
    return stage.rules(80).stream().filter(rule -> !rule.isDefault()).map(GroupTest::host).toList();
  }

  private static String host(Rule rule) {
    return rule.conditions().stream()
        .filter(c -> c.hostHeaderConfig() != null)
        .flatMap(c -> c.hostHeaderConfig().values().stream())
        .findFirst()
        .orElse("");
  }

  @Test
  void threeNamespacesShareOneLoadBalancerInTheOrderTheyAskFor() throws Exception {
    var stage = withGroup();

    assertEquals(List.of("red.example.com", "green.example.com", "blue.example.com"), hosts(stage));
    assertEquals(stage.address("red", "web"), stage.address("blue", "web"));
  }

  @Test
  void aMemberThatGoesTakesOnlyWhatIsItsOwn() throws Exception {
    var stage = withGroup();
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.INGRESS, "green", "web");
    stage.until(
        "green is gone",
        () -> stage.kubectl.find(Kinds.INGRESS, "green", "web").isEmpty() && stage.idle());

    assertEquals(List.of("red.example.com", "blue.example.com"), hosts(stage));
    assertEquals(
        Map.of("DeleteRule", 1L, "DeleteTargetGroup", 1L, "ChangeResourceRecordSets", 1L),
        stage.writes(mark));
    assertEquals(stage.readyPods("blue").size() + stage.readyPods("red").size(), 4);
    assertEquals(4, stage.healthy().size());
  }

  @Test
  void anInvalidMemberChangesNothingForTheOthersAndIsTold() throws Exception {
    var stage = withGroup();
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "green",
        "web",
        "metadata: {annotations: {alb.ingress.kubernetes.io/healthcheck-interval-seconds: often}}");
    stage.pass(Duration.ofMinutes(2));

    assertEquals(List.of("red.example.com", "green.example.com", "blue.example.com"), hosts(stage));
    assertEquals(Map.of(), stage.writes(mark));
    assertFalse(
        stage.kubectl.all(Kinds.EVENT, "green").stream()
            .filter(e -> Tree.text(e, "type").equals("Warning"))
            .filter(e -> Tree.text(e, "involvedObject", "kind").equals("Ingress"))
            .toList()
            .isEmpty());
  }

  @Test
  void aNamespaceThatIsDeletedTakesItsMemberAlong() throws Exception {
    var stage = withGroup();
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.NAMESPACE, "", "green");
    stage.until(
        "the namespace is gone", () -> stage.kubectl.find(Kinds.NAMESPACE, "", "green").isEmpty());
    stage.until("its target group is gone", () -> stage.targetGroups().size() == 2);
    stage.pass(Duration.ofMinutes(1));

    assertEquals(
        Map.of("DeleteRule", 1L, "ChangeResourceRecordSets", 1L, "DeleteTargetGroup", 1L),
        stage.writes(mark));

    assertEquals(List.of("red.example.com", "blue.example.com"), hosts(stage));
  }

  @Test
  void anEditedOrderMovesRulesWithoutMakingThemAnew() throws Exception {
    var stage = withGroup();
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "red",
        "web",
        "metadata: {annotations: {alb.ingress.kubernetes.io/group.order: '40'}}");
    stage.until(
        "red is last",
        () ->
            hosts(stage).equals(List.of("green.example.com", "blue.example.com", "red.example.com"))
                && stage.idle());

    assertEquals(Map.of("SetRulePriorities", 1L, "AddTags", 1L), stage.writes(mark));
  }

  @Test
  void theClustersSecurityGroupIsLeftAloneWhileTheSettingsHaveNoUseForIt() throws Exception {
    var stage = withGroup();
    var both = stage.loadBalancers().getFirst().securityGroups();
    var all = stage.securityGroups().keySet();

    useBackendGroup(stage, false);
    stage.until(
        "the load balancer has its own one alone",
        () -> stage.loadBalancers().getFirst().securityGroups().size() == 1 && stage.idle());
    stage.pass(Duration.ofMinutes(10));
    assertEquals(all, stage.securityGroups().keySet());

    useBackendGroup(stage, true);
    stage.until(
        "it has both again",
        () -> stage.loadBalancers().getFirst().securityGroups().equals(both) && stage.idle());
  }

  private static void useBackendGroup(Stage stage, boolean use) throws Exception {
    var registration = stage.pipeline.fleet().sites().getFirst().registration();
    var changes = Map.<String, Object>of("enableBackendSecurityGroup", use);
    var changed = RecordChange.apply(registration, Map.of("controller", changes));
    stage.pipeline.append(Fleet.HOME, new ClusterRegistered(Stage.TESTER, changed));
  }
}
