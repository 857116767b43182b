package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A whole stack that is asked to go takes few calls, and goes as soon as AWS lets it. */
class RemovalTest {
  /** A workload, its Service and its Ingress in a namespace of their own. */
  private static final List<String> SHOP =
      List.of(
          """
          apiVersion: v1
          kind: Namespace
          metadata: {name: shop}
          """,
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: shop}
          spec:
            replicas: 2
            selector: {matchLabels: {app: web}}
            template:
              metadata: {labels: {app: web}}
              spec:
                containers: [{name: web, image: web:1, ports: [{containerPort: 80}]}]
          """,
          """
          apiVersion: v1
          kind: Service
          metadata: {name: web, namespace: shop}
          spec: {selector: {app: web}, ports: [{port: 80}]}
          """,
          """
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            namespace: shop
            annotations:
              alb.ingress.kubernetes.io/scheme: internet-facing
              alb.ingress.kubernetes.io/target-type: ip
          spec:
            ingressClassName: alb
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: {service: {name: web, port: {number: 80}}}
          """);

  private final Map<String, String> founding;
  private final Stage stage = new Stage();

  RemovalTest() throws Exception {
    stage.pass(Duration.ofSeconds(30));
    founding = stage.securityGroups();
    for (var document : SHOP) {
      stage.kubectl.apply(document);
    }
    stage.until("it serves", () -> stage.healthy().size() == 2 && stage.idle());
    stage.pass(Duration.ofMinutes(6));
  }

  private void gone() throws Exception {
    stage.until("nothing is left", () -> stage.securityGroups().equals(founding) && stage.idle());
  }

  @Test
  void whatAwsReleasesLaterIsAskedForAFewTimesAndGoesSoonAfterwards() throws Exception {
    var mark = stage.mark();
    var begun = stage.pipeline.now();

    stage.kubectl.delete(Kinds.INGRESS, "shop", "web");
    gone();

    var refused = new TreeMap<String, Long>();
    stage.calls(mark).stream()
        .filter(call -> !call.effective())
        .forEach(call -> refused.merge(call.operation().name(), 1L, Long::sum));
    assertEquals(
        Map.of("DeleteTargetGroup", 1L, "DeleteSecurityGroup", 2 * 4L),
        refused,
        "two groups wait for the interfaces of the load balancer");
    var interfaces = AwsTimes.real().interfaceRelease();
    var took = Duration.between(begun, stage.pipeline.now());
    assertTrue(took.compareTo(interfaces.multipliedBy(3).dividedBy(2)) < 0, took::toString);
  }

  @Test
  void theTargetsOfADeletedNamespaceGoWithTheirTargetGroup() throws Exception {
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.NAMESPACE, "", "shop");
    gone();

    assertEquals(
        Map.of(
            "ChangeResourceRecordSets", 1L,
            "DeleteLoadBalancer", 1L,
            "RevokeSecurityGroupIngress", 1L,
            "DeleteTargetGroup", 1L,
            "DeleteSecurityGroup", 2L),
        stage.writes(mark));
  }
}
