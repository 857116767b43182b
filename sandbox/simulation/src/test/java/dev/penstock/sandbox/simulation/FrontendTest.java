package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** The network load balancer in front of an Ingress' own, from the annotation to the name. */
class FrontendTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final String ON = "{" + PREFIX + "enable-frontend-nlb: 'true'}";
  private static final String OFF = "{" + PREFIX + "enable-frontend-nlb: null}";
  private static final Duration WHILE = Duration.ofMinutes(30);

  @Test
  void namesLeadToItOnceItServesAndBackBeforeItGoes() throws Exception {
    var stage = Stage.withNginx();
    var behind = only(stage, "application");
    annotate(stage, ON);

    stage.until("the name leads to the one in front", () -> leadsTo(stage, "network"));
    front(stage).forEach(group -> assertEquals("unhealthy", stateOf(stage, group), "checked"));
    stage.pass(WHILE);
    var front = only(stage, "network");
    assertEquals(
        List.of(behind.dnsName().toLowerCase(), front.dnsName().toLowerCase()), addresses(stage));

    annotate(stage, OFF);
    stage.until("the name leads back", () -> leadsTo(stage, "application"));
    assertEquals(1, of(stage, "network").size(), "still there for those who remember it");
    stage.pass(WHILE);
    assertEquals(List.of(), of(stage, "network"));
    assertEquals(List.of(), front(stage));
    assertEquals(List.of(behind.dnsName().toLowerCase()), addresses(stage));
    assertTrue(stage.idle());
  }

  @Test
  void goesWithItsIngressInTheOrderThatAwsAllows() throws Exception {
    var stage = Stage.withNginx();
    annotate(stage, ON);
    stage.until("the name leads to the one in front", () -> leadsTo(stage, "network"));
    stage.pass(WHILE);
    var mark = stage.mark();

    stage.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress");
    stage.pass(WHILE);

    assertEquals(List.of(), stage.loadBalancers());
    assertEquals(List.of(), stage.targetGroups());
    assertFalse(refused(stage, mark).contains("DeleteLoadBalancer"));
    assertTrue(stage.kubectl.find(Kinds.INGRESS, "default", "nginx-ingress").isEmpty());
    assertTrue(stage.idle());
  }

  @Test
  void whatSomebodyTookOutOfItComesBack() throws Exception {
    var stage = Stage.withNginx();
    annotate(stage, ON);
    stage.until("the name leads to the one in front", () -> leadsTo(stage, "network"));
    stage.pass(WHILE);
    var group = front(stage).getFirst();
    var target = stage.targets(group.targetGroupArn()).getFirst().target();
    stage.elb.deregisterTargets(r -> r.targetGroupArn(group.targetGroupArn()).targets(target));

    stage.until(
        "it is back",
        () ->
            stage.targets(group.targetGroupArn()).stream()
                .anyMatch(t -> !t.targetHealth().stateAsString().equals("draining")));
    var mark = stage.mark();
    stage.pass(Duration.ofHours(2));
    assertEquals(Map.of(), stage.writes(mark), "then silent");
  }

  @Test
  void theLoadBalancerBehindIsReplacedWithoutAGap() throws Exception {
    var stage = Stage.withNginx();
    annotate(stage, ON);
    stage.until("the name leads to the one in front", () -> leadsTo(stage, "network"));
    stage.pass(WHILE);
    var before = only(stage, "application");
    var front = only(stage, "network");
    annotate(stage, "{" + PREFIX + "scheme: internal}");
    stage.pass(Duration.ofMinutes(1));
    stage.approve();

    stage.until("the one in front leads to the new one", () -> !behind(stage, front, before));
    assertEquals(2, of(stage, "application").size(), "the old one is still there");
    for (var i = 0; i < 6; i++) {
      stage.pass(WHILE);
      stage.approve();
    }

    assertEquals("internal", only(stage, "application").schemeAsString());
    assertEquals(front.loadBalancerArn(), only(stage, "network").loadBalancerArn());
    assertTrue(leadsTo(stage, "network"));
    assertTrue(stage.idle());
  }

  /** Whether some listener in front forwards to a group behind which this load balancer stands. */
  private static boolean behind(Stage stage, LoadBalancer front, LoadBalancer behind) {
    return stage
        .elb
        .describeTargetGroups(r -> r.loadBalancerArn(front.loadBalancerArn()))
        .targetGroups()
        .stream()
        .flatMap(group -> stage.targets(group.targetGroupArn()).stream())
        .anyMatch(target -> target.target().id().equals(behind.loadBalancerArn()));
  }

  private static List<String> refused(Stage stage, long mark) {
    return stage.calls(mark).stream()
        .filter(call -> !call.operation().reads() && !call.effective())
        .map(call -> call.operation().name())
        .toList();
  }

  private static void annotate(Stage stage, String annotations) {
    stage.kubectl.patch(
        Kinds.INGRESS, "default", "nginx-ingress", "metadata: {annotations: " + annotations + "}");
  }

  private static boolean leadsTo(Stage stage, String type) {
    var alias = stage.records().get("nginx.example.com. A").aliasTarget().dnsName();
    return of(stage, type).stream().anyMatch(b -> alias.contains(b.dnsName().toLowerCase()));
  }

  private static LoadBalancer only(Stage stage, String type) {
    var found = of(stage, type);
    assertEquals(1, found.size(), type);
    return found.getFirst();
  }

  private static List<LoadBalancer> of(Stage stage, String type) {
    return stage.loadBalancers().stream().filter(b -> b.typeAsString().equals(type)).toList();
  }

  /** The target groups in front, in the order of their ports. */
  private static List<TargetGroup> front(Stage stage) {
    return stage.targetGroups().stream()
        .filter(group -> group.targetTypeAsString().equals("alb"))
        .sorted(Comparator.comparing(TargetGroup::port))
        .toList();
  }

  private static String stateOf(Stage stage, TargetGroup group) {
    return stage.targets(group.targetGroupArn()).getFirst().targetHealth().stateAsString();
  }

  private static List<String> addresses(Stage stage) {
    var names = new ArrayList<String>();
    stage
        .kubectl
        .find(Kinds.INGRESS, "default", "nginx-ingress")
        .orElseThrow()
        .at("/status/loadBalancer/ingress")
        .forEach(entry -> names.add(entry.path("hostname").asText()));
    return names;
  }
}
