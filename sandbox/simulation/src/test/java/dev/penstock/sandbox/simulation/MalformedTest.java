package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What people get wrong is told on the object at fault, by reason and message; nothing is written
 * to AWS for it, and what serves goes on.
 */
final class MalformedTest {
  private static final String ALB = "alb.ingress.kubernetes.io/";

  /** What is wrong, and what the Event says of it. */
  private record Wrong(String annotation, String value, String said) {}

  private static final List<Wrong> ANNOTATIONS =
      List.of(
          new Wrong("scheme", "public", "scheme"),
          new Wrong("target-type", "pod", "target-type"),
          new Wrong("listen-ports", "eighty", "listen-ports"),
          new Wrong("listen-ports", "[{\"HTTP\": 99999999}]", "listen-ports"),
          new Wrong("ssl-redirect", "yes please", "ssl-redirect"),
          new Wrong("group.order", "first", "group.order"),
          new Wrong("group.name", "Shared_ALB", "group.name"),
          new Wrong("healthcheck-interval-seconds", "soon", "healthcheck-interval-seconds"),
          new Wrong("healthcheck-port", "http port", "healthcheck-port"),
          new Wrong("load-balancer-attributes", "no-value", "load-balancer-attributes"),
          new Wrong("tags", "no-value", "tags"),
          new Wrong("inbound-cidrs", "300.0.0.0/8", "inbound-cidrs"),
          new Wrong("load-balancer-name", "x".repeat(5_000), "load-balancer-name"),
          new Wrong("group.name", "x".repeat(100_000), "group.name"));

  private static String ingress(String name, String annotations, String service, String port) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: %s
      namespace: default
      annotations:
        alb.ingress.kubernetes.io/scheme: internet-facing
        alb.ingress.kubernetes.io/target-type: ip
    %s
    spec:
      ingressClassName: alb
      rules:
        - host: %s.example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: %s, port: {%s}}}
    """
        .formatted(name, annotations, name, service, port);
  }

  private static Map<String, String> warnings(Stage stage) {
    var warnings = new LinkedHashMap<String, String>();
    for (var event : stage.kubectl.all(Kinds.EVENT, "default")) {
      if (Tree.text(event, "type").equals("Warning")
          && Tree.text(event, "involvedObject", "kind").equals("Ingress")) {
        var said = Tree.text(event, "reason") + ": " + Tree.text(event, "message");
        warnings.merge(Tree.text(event, "involvedObject", "name"), said, (a, b) -> a + "\n" + b);
      }
    }
    return warnings;
  }

  private static Map<String, String> others(Map<String, String> warnings, Set<String> names) {
    var others = new LinkedHashMap<>(warnings);
    others.keySet().removeAll(names);
    return others;
  }

  @Test
  void whatIsWrongIsToldOnItsObjectAndTouchesNobodyElse() throws Exception {
    var stage = Stage.withNginx();
    var before = warnings(stage);
    var mark = stage.mark();
    var expected = new LinkedHashMap<String, String>();
    for (int i = 0; i < ANNOTATIONS.size(); i++) {
      var wrong = ANNOTATIONS.get(i);
      var line = "    " + ALB + wrong.annotation() + ": '" + wrong.value() + "'";
      stage.kubectl.apply(ingress("bad-" + i, line, "nginx-service", "number: 80"));
      expected.put("bad-" + i, wrong.said());
    }
    stage.kubectl.apply(
        ingress("no-class", "", "nginx-service", "number: 80")
            .replace("ingressClassName: alb", "ingressClassName: nope"));
    expected.put("no-class", "nope");
    stage.pass(Duration.ofMinutes(2));

    told(stage, before, expected);
    assertEquals(Map.of(), stage.writes(mark));
    assertTrue(stage.nginxServes());
    stage.kubectl.scale("default", "nginx-app", 5);
    stage.until(
        "the next scale works",
        () -> stage.readyPods("default").size() == 5 && stage.nginxServes());
  }

  @Test
  void aBackendThatIsNotThereIsToldOnItsObjectAndGetsNoTargets() throws Exception {
    var stage = Stage.withNginx();
    var before = warnings(stage);
    var groups = stage.targetGroups();
    var expected = new LinkedHashMap<String, String>();
    stage.kubectl.apply(ingress("no-service", "", "nowhere", "number: 80"));
    expected.put("no-service", "nowhere");
    stage.kubectl.apply(ingress("no-port", "", "nginx-service", "number: 81"));
    expected.put("no-port", "81");
    stage.kubectl.apply(ingress("no-name", "", "nginx-service", "name: web"));
    expected.put("no-name", "web");
    stage.pass(Duration.ofMinutes(2));

    told(stage, before, expected);
    assertEquals(groups, stage.targetGroups());
    assertTrue(stage.healthy().equals(stage.readyPods("default")));
  }

  private static void told(Stage stage, Map<String, String> before, Map<String, String> expected) {
    var warnings = warnings(stage);
    var missing = new ArrayList<String>();
    expected.forEach((name, said) -> {
      if (!warnings.getOrDefault(name, "").contains(said)) {
        missing.add(name + " " + said + " but " + warnings.get(name));
      }
    });
    assertEquals(List.of(), missing);
    assertEquals(before, others(warnings, expected.keySet()));
  }
}
