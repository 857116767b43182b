package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.event.PersonFact.HoldApproved;
import dev.penstock.streams.tables.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** What an edit of the Ingress leads to: the calls that it needs and no other. */
class EditTest {
  private static final String CERTIFICATE = "alb.ingress.kubernetes.io/certificate-arn";

  private static void annotate(Stage stage, String key, String value) {
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        "metadata: {annotations: {%s: '%s'}}".formatted(key, value));
  }

  @Test
  void anotherHealthCheckIsOneModification() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();

    annotate(stage, "alb.ingress.kubernetes.io/healthcheck-path", "/ready");
    stage.until(
        "the path is there",
        () -> stage.targetGroups().getFirst().healthCheckPath().equals("/ready") && stage.idle());

    assertEquals(Map.of("ModifyTargetGroup", 1L), stage.writes(mark));
  }

  @Test
  void anotherPathIsOneRule() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        spec:
          rules:
            - host: nginx.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: nginx-service, port: {number: 80}}}
                  - path: /exact
                    pathType: Exact
                    backend: {service: {name: nginx-service, port: {number: 80}}}
        """);
    stage.until("both rules stand", () -> stage.rules(443).size() == 3 && stage.idle());

    assertEquals(1L, stage.writes(mark).get("CreateRule"), stage.writes(mark).toString());
    assertFalse(stage.writes(mark).containsKey("DeleteRule"), stage.writes(mark).toString());
  }

  @Test
  void aRuleGoesOnceThoseThatTakeItsPlaceStand() throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.apply(
        """
        {apiVersion: v1, kind: Service, metadata: {name: other, namespace: default},
         spec: {selector: {app: nginx-app}, ports: [{port: 8080, targetPort: 80}]}}
        """);
    var mark = stage.mark();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        spec:
          rules:
            - host: nginx.example.com
              http:
                paths:
                  - path: /app
                    pathType: Prefix
                    backend: {service: {name: other, port: {number: 8080}}}
        """);
    stage.until(
        "the new rule stands alone", () -> stage.targetGroups().size() == 1 && stage.idle());

    var rules = stage.callNames(mark).stream().filter(name -> name.endsWith("Rule")).toList();
    assertEquals(List.of("CreateRule", "DeleteRule"), rules);
  }

  @Test
  void anotherHostMovesRuleAndName() throws Exception {
    var stage = Stage.withNginx();

    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        metadata:
          annotations: {external-dns.alpha.kubernetes.io/hostname: web.example.com}
        spec:
          rules:
            - host: web.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: nginx-service, port: {number: 80}}}
        """);
    stage.until(
        "only the new name stands",
        () ->
            stage.records().containsKey("web.example.com. A")
                && !stage.records().containsKey("nginx.example.com. A")
                && stage.rules(443).size() == 2
                && stage.idle());
    assertEquals(4, stage.records().size());
  }

  @Test
  void anotherProtocolVersionWaitsForApprovalAndIsMadeBeforeTheOldOneGoes() throws Exception {
    var stage = Stage.withNginx();
    var before = stage.targetGroups().getFirst().targetGroupArn();

    annotate(stage, "alb.ingress.kubernetes.io/backend-protocol-version", "HTTP2");
    stage.pass(Duration.ofMinutes(1));
    assertEquals(before, stage.targetGroups().getFirst().targetGroupArn());
    var holds = stage.pipeline.tables().scan(Table.HOLDS, "");
    assertEquals(List.of("replacement"), holds.stream().map(e -> e.row().rule().text()).toList());

    stage.pipeline.append(Fleet.HOME, new HoldApproved("tester", holds.getFirst().row().id()));
    stage.until(
        "the new group serves alone",
        () -> {
          assertTrue(
              stage.targetGroups().stream()
                  .anyMatch(group -> !stage.targets(group.targetGroupArn()).isEmpty()),
              "nothing is registered anywhere");
          return stage.targetGroups().size() == 1
              && !stage.targetGroups().getFirst().targetGroupArn().equals(before)
              && stage.healthy().size() == 3
              && stage.idle();
        });
    assertEquals(List.of(), stage.pipeline.tables().scan(Table.HOLDS, ""));

    var mark = stage.mark();
    stage.pass(Duration.ofHours(1));
    assertEquals(Map.of(), stage.writes(mark));
  }

  @Test
  void anotherSchemeIsMadeBeforeTheOldLoadBalancerGoes() throws Exception {
    var stage = Stage.withNginx();
    var before = stage.loadBalancers().getFirst().loadBalancerArn();

    annotate(stage, "alb.ingress.kubernetes.io/scheme", "internal");
    for (int i = 0; i < 5; i++) {
      stage.always(Duration.ofMinutes(2), "the name leads to pods", stage::nameLeadsToPods);
      for (var hold : stage.pipeline.tables().scan(Table.HOLDS, "")) {
        if (!hold.row().approved()) {
          stage.pipeline.append(Fleet.HOME, new HoldApproved("tester", hold.row().id()));
        }
      }
    }
    stage.until(
        "the new load balancer serves alone",
        () ->
            stage.nameLeadsToPods()
                && stage.loadBalancers().size() == 1
                && !stage.loadBalancers().getFirst().loadBalancerArn().equals(before)
                && stage.listeners().size() == 2
                && stage.rules(443).size() == 2
                && stage
                    .address("default", "nginx-ingress")
                    .equals(stage.loadBalancers().getFirst().dnsName().toLowerCase())
                && stage.idle());
  }

  @Test
  void anInvalidAnnotationKeepsWhatServesAndIsTold() throws Exception {
    var stage = Stage.withNginx();
    var mark = stage.mark();

    annotate(stage, "alb.ingress.kubernetes.io/listen-ports", "nonsense");
    stage.pass(Duration.ofMinutes(3));

    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(3, stage.healthy().size());
    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "InvalidAnnotation");
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.getFirst().contains("listen-ports"), told.toString());
    assertTrue(told.getFirst().contains("nonsense"), told.toString());
  }

  @Test
  void anInvalidMemberLosesTheHostsAndPortsThatItNamesNoMore() throws Exception {
    var stage = Stage.withNginx();
    annotate(
        stage, "external-dns.alpha.kubernetes.io/hostname", "nginx.example.com,www.example.com");
    stage.until(
        "both names stand",
        () -> stage.records().containsKey("www.example.com. A") && stage.idle());
    assertEquals(2, stage.listeners().size());

    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        metadata:
          annotations:
            external-dns.alpha.kubernetes.io/hostname: nginx.example.com
            alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
            alb.ingress.kubernetes.io/target-type: nonsense
        """);
    stage.until(
        "what it names no more is gone",
        () ->
            !stage.records().containsKey("www.example.com. A")
                && stage.listeners().size() == 1
                && stage.idle());

    assertTrue(stage.nginxServes());
  }

  /** LBC deletes the listeners that nobody wants before it makes the wanted ones. */
  @Test
  void listenersAndTheirPortsStayUntilTheirSuccessorsCanBeMade() throws Exception {
    var stage = Stage.withNginx();
    var found = stage.kubectl.find(Kinds.INGRESS, "default", "nginx-ingress").orElseThrow();
    var certificate = Tree.text(found, "metadata", "annotations", CERTIFICATE);
    move(stage, certificate + "-that-is-none");
    stage.pass(Duration.ofMinutes(5));

    assertEquals(Set.of(80, 443), ports(stage));
    assertTrue(stage.nginxServes());
    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "FailedDeployModel");
    assertTrue(told.toString().contains("CertificateNotFound"), told.toString());

    move(stage, certificate);
    stage.until("the new port alone", () -> ports(stage).equals(Set.of(8443)) && stage.idle());
    assertEquals(Set.of(8443), admitted(stage));
  }

  private static void move(Stage stage, String certificate) throws Exception {
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "nginx-ingress",
        """
        metadata:
          annotations:
            alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 8443}]'
            alb.ingress.kubernetes.io/ssl-redirect: null
            %s: %s
        """
            .formatted(CERTIFICATE, certificate));
  }

  private static Set<Integer> ports(Stage stage) {
    return stage.listeners().stream().map(Listener::port).collect(Collectors.toSet());
  }

  private static Set<Integer> admitted(Stage stage) {
    var id = stage.loadBalancers().getFirst().securityGroups().getFirst();
    return stage.ec2.describeSecurityGroups(r -> r.groupIds(id)).securityGroups().stream()
        .flatMap(group -> group.ipPermissions().stream())
        .map(IpPermission::fromPort)
        .collect(Collectors.toSet());
  }
}
