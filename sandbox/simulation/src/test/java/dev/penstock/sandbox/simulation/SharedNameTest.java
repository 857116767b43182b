package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two groups that give one name to their load balancers. */
class SharedNameTest {
  private static final String NAME = "alb.ingress.kubernetes.io/load-balancer-name: shop";
  private static final String SECOND =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: second
        namespace: default
        annotations:
          alb.ingress.kubernetes.io/target-type: ip
          %s
      spec:
        ingressClassName: alb
        rules:
          - host: second.example.com
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
      """
          .formatted(NAME);

  @Test
  void theSecondLeavesTheLoadBalancerOfTheFirstAloneAndIsToldUntilTheNameIsFree() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    var first = Stage.example("nginx-complete.yaml");
    var annotations = "  annotations:\n";
    var at = first.indexOf(annotations, first.indexOf("kind: Ingress\n")) + annotations.length();
    stage.kubectl.apply(first.substring(0, at) + "    " + NAME + "\n" + first.substring(at));
    stage.until("the first serves", stage::nginxServes);
    stage.pass(Duration.ofMinutes(6));
    var before = stage.loadBalancers();
    assertEquals("shop", before.getFirst().loadBalancerName());
    var rules = stage.rules(443);

    stage.kubectl.apply(SECOND);
    stage.until("the second is told", () -> !told(stage).isEmpty());
    stage.pass(Duration.ofMinutes(35));

    assertEquals(before, stage.loadBalancers());
    assertEquals(rules, stage.rules(443));
    assertEquals(Map.of(), stage.records().subMap("second", "second~"));
    assertEquals("", stage.address("default", "second"));

    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.until(
        "the second has the name",
        () -> !stage.address("default", "second").isEmpty() && stage.idle());
    assertEquals("shop", stage.loadBalancers().getFirst().loadBalancerName());
  }

  private static List<String> told(Stage stage) {
    return Stage.events(stage.kubectl, "Ingress", "second", "FailedDeployModel");
  }
}
