package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Make before break: what is replaced stays until its successor serves (design §7). */
class ReplacementTest {
  /** Longer than every bounded wait, and not so long that Events are forgotten. */
  private static final Duration LONG = Duration.ofMinutes(50);

  private static final String NAME = "alb.ingress.kubernetes.io/load-balancer-name";

  private static void annotate(Stage stage, String annotations) {
    stage.kubectl.patch(
        Kinds.INGRESS, "default", "nginx-ingress", "metadata: {annotations: " + annotations + "}");
  }

  private static void becomesInternal(Stage stage) throws Exception {
    annotate(stage, "{alb.ingress.kubernetes.io/scheme: internal}");
    stage.pass(Duration.ofMinutes(1));
    stage.approve();
  }

  /** The load balancers of the stack, less those of others. */
  private static List<LoadBalancer> ours(Stage stage) {
    return stage.loadBalancers().stream()
        .filter(balancer -> !balancer.loadBalancerName().startsWith("theirs-"))
        .toList();
  }

  private static void onlyTheNewOneServes(Stage stage) throws Exception {
    stage.until(
        "the new load balancer serves alone",
        () ->
            stage.nameLeadsToPods()
                && ours(stage).size() == 1
                && ours(stage).getFirst().schemeAsString().equals("internal")
                && stage.targetGroups().size() == 1
                && stage.idle());
    stage.silent();
  }

  @Test
  void itStaysWhileAwsRefusesToMakeItsSuccessor() throws Exception {
    var stage = Stage.withNginx();
    stage.pipeline.aws().setThrottling(false);
    for (var i = 0; i < 49; i++) {
      var name = "theirs-" + i;
      stage.elb.createLoadBalancer(r -> r.name(name).subnets("subnet-public-a", "subnet-public-b"));
    }
    var before = ours(stage).getFirst().loadBalancerArn();
    becomesInternal(stage);

    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);
    assertEquals(List.of(before), ours(stage).stream().map(b -> b.loadBalancerArn()).toList());
    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "FailedDeployModel");
    assertTrue(told.toString().contains("TooManyLoadBalancers"), told.toString());

    for (var balancer : stage.loadBalancers()) {
      if (balancer.loadBalancerName().startsWith("theirs-")) {
        stage.elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
      }
    }
    onlyTheNewOneServes(stage);
  }

  @Test
  void itStaysWhileNoTargetOfItsSuccessorIsHealthy() throws Exception {
    var stage = Stage.withNginx();
    var before = ours(stage).getFirst().loadBalancerArn();
    var fault = new AwsFaults.Effect.Fail("InternalFailure", 500);
    stage.pipeline.aws().faults().add(AwsFaults.Rule.always("RegisterTargets", fault));
    becomesInternal(stage);

    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);
    assertTrue(ours(stage).stream().anyMatch(b -> b.loadBalancerArn().equals(before)));
    assertEquals(2, ours(stage).size());

    stage.pipeline.aws().faults().clear();
    onlyTheNewOneServes(stage);
  }

  /** A second path, behind which no target is ever healthy. */
  private static final String SICK =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: sick
        annotations: {alb.ingress.kubernetes.io/success-codes: '299'}
      spec:
        selector: {app: nginx-app}
        ports: [{port: 80, targetPort: 80}]
      """;

  private static final String TO_SICK =
      """
      spec:
        rules:
          - host: nginx.example.com
            http:
              paths:
                - path: /sick
                  pathType: Prefix
                  backend: {service: {name: sick, port: {number: 80}}}
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
      """;

  @Test
  void whatComesNewWaitsForItsOwnTargetsAlone() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.apply(SICK);
    becomesInternal(stage);
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", TO_SICK);

    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);
    assertEquals(List.of("internal"), ours(stage).stream().map(b -> b.schemeAsString()).toList());
    assertEquals(3, stage.inState("unhealthy").size());
  }

  @Test
  void aTargetGroupThatNeverServedKeepsNothing() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.apply(SICK);
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", TO_SICK);
    stage.until("its targets are unhealthy", () -> stage.inState("unhealthy").size() == 3);
    becomesInternal(stage);

    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);
    assertEquals(List.of("internal"), ours(stage).stream().map(b -> b.schemeAsString()).toList());
    assertEquals(2, stage.targetGroups().size());
  }

  @Test
  void withoutNamesItIsKeptForAWhileAfterItsSuccessorServes() throws Exception {
    var stage = Stage.withNginx();
    annotate(stage, "{external-dns.alpha.kubernetes.io/hostname: null}");
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        spec:
          rules:
            - http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: nginx-service, port: {number: 80}}}
        """);
    stage.until("no name is left", () -> stage.records().isEmpty() && stage.idle());
    var fault = new AwsFaults.Effect.Fail("InternalFailure", 500);
    stage.pipeline.aws().faults().add(AwsFaults.Rule.always("RegisterTargets", fault));
    var before = stage.address("default", "nginx-ingress");
    becomesInternal(stage);
    stage.always(
        LONG,
        "the Ingress shows what serves",
        () -> stage.address("default", "nginx-ingress").equals(before));
    assertEquals(2, ours(stage).size());

    stage.pipeline.aws().faults().clear();
    stage.until(
        "the successor serves",
        () ->
            stage.inState("healthy").size() == 3
                && stage.targetGroups().stream()
                    .allMatch(g -> !stage.targets(g.targetGroupArn()).isEmpty()));
    var keep = Duration.ofMillis(ScopeSettings.defaults().replacementKeepMillis());
    stage.always(keep.minusSeconds(30), "both stand", () -> ours(stage).size() == 2);
    stage.until("the old one is gone", () -> ours(stage).size() == 1 && stage.idle());
  }

  /** AWS gives a name only once, and renames nothing. */
  @Test
  void oneWithANameOfItsOwnIsHeldWithTheChoices() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    stage.kubectl.apply(
        Stage.example("nginx-complete.yaml")
            .replace(
                "    alb.ingress.kubernetes.io/scheme:",
                "    " + NAME + ": shop\n    alb.ingress.kubernetes.io/scheme:"));
    stage.until("nginx serves", stage::nginxServes);
    var before = ours(stage).getFirst();
    assertEquals("shop", before.loadBalancerName());
    var mark = stage.mark();
    becomesInternal(stage);
    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);

    assertEquals(List.of(before), ours(stage));
    assertEquals(Map.of(), stage.writes(mark));
    var verdict =
        stage.pipeline.tables().scan(Table.VERDICTS, "").stream()
            .filter(e -> e.key().contains("|" + ResourceKind.LOAD_BALANCER.text() + "|"))
            .map(e -> e.row())
            .findFirst()
            .orElseThrow();
    assertEquals(VerdictKind.HELD, verdict.verdict());
    assertTrue(
        verdict.sentence().contains("remove load-balancer-name or give another one"),
        verdict.sentence());
    assertEquals(List.of(), stage.pipeline.tables().scan(Table.HOLDS, ""), "nothing to approve");
    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "FailedDeployModel");
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().contains("take the change back"), told.toString());

    annotate(stage, "{" + NAME + ": shop-2}");
    stage.pass(Duration.ofMinutes(1));
    stage.approve();
    onlyTheNewOneServes(stage);
    assertEquals("shop-2", ours(stage).getFirst().loadBalancerName());
  }
}
