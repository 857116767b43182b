package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** A member changes its group: visitors of its host name always find its pods (design §7). */
class MoveTest {
  private static final Duration LONG = Duration.ofMinutes(50);

  private static final String MADE_LATER = "TooManyLoadBalancers";

  private static final String REDIRECT =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/actions.away: |
            {"type": "redirect", "redirectConfig": {"host": "elsewhere.example.com", "statusCode": "HTTP_302"}}
      spec:
        rules:
          - host: green.example.com
            http:
              paths:
                - path: /*
                  pathType: ImplementationSpecific
                  backend: {service: {name: away, port: {name: use-annotation}}}
                - path: /app
                  pathType: Exact
                  backend: {service: {name: web, port: {number: 80}}}
      """;

  private static final String BELOW_GREEN =
      """
      spec:
        rules:
          - host: green.example.com
            http:
              paths:
                - path: /red
                  pathType: Exact
                  backend: {service: {name: web, port: {number: 80}}}
      """;

  private static void joins(Stage stage, String namespace, String ingress, String group) {
    stage.kubectl.patch(
        Kinds.INGRESS,
        namespace,
        ingress,
        "metadata: {annotations: {alb.ingress.kubernetes.io/group.name: " + group + "}}");
  }

  /**
   * Whether a request for the host, sent to where its name leads, ends at a pod of the namespace.
   */
  private static boolean leadsToPods(Stage stage, String host, String namespace) {
    var address = behind(stage, host);
    return address.filter(it -> serves(stage, it, host, namespace)).isPresent();
  }

  private static Optional<String> behind(Stage stage, String host) {
    return Optional.ofNullable(stage.records().get(host + ". A"))
        .map(record -> record.aliasTarget().dnsName());
  }

  private static boolean serves(Stage stage, String address, String host, String namespace) {
    return rules(stage, address, host).limit(1).anyMatch(rule -> leads(stage, rule, namespace));
  }

  private static Stream<Rule> rules(Stage stage, String address, String host) {
    return stage.loadBalancers().stream()
        .filter(balancer -> address.contains(balancer.dnsName().toLowerCase()))
        .filter(balancer -> balancer.state().codeAsString().equals("active"))
        .flatMap(balancer -> rules(stage, balancer).stream())
        .filter(rule -> matches(rule, host));
  }

  private static boolean leads(Stage stage, Rule rule, String namespace) {
    return rule.actions().stream()
        .flatMap(action -> stage.targets(action.targetGroupArn()).stream())
        .filter(target -> target.targetHealth().stateAsString().equals("healthy"))
        .anyMatch(target -> stage.readyPods(namespace).contains(target.target().id()));
  }

  private static List<Rule> rules(Stage stage, LoadBalancer balancer) {
    return stage
        .elb
        .describeListeners(r -> r.loadBalancerArn(balancer.loadBalancerArn()))
        .listeners()
        .stream()
        .flatMap(listener ->
            stage.elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules().stream())
        .toList();
  }

  private static boolean matches(Rule rule, String host) {
    return rule.conditions().stream()
        .filter(condition -> condition.hostHeaderConfig() != null)
        .anyMatch(condition -> condition.hostHeaderConfig().values().contains(host));
  }

  /** Whether there are rules for all of them where the name leads. */
  private static boolean greenLeadsToPodsOf(Stage stage, String... namespaces) {
    var rules =
        behind(stage, "green.example.com").stream()
            .flatMap(address -> rules(stage, address, "green.example.com"))
            .toList();
    return Stream.of(namespaces)
        .allMatch(namespace -> rules.stream().anyMatch(rule -> leads(stage, rule, namespace)));
  }

  private static boolean greenLeadsToPods(Stage stage) {
    return leadsToPods(stage, "green.example.com", "green");
  }

  private static Set<String> finalizers(Stage stage, String namespace, String ingress) {
    var found = stage.kubectl.find(Kinds.INGRESS, namespace, ingress).orElseThrow();
    return Tree.items(found, "metadata", "finalizers").stream()
        .map(finalizer -> finalizer.asText())
        .collect(Collectors.toSet());
  }

  @Test
  void outOfASharedGroup() throws Exception {
    var stage = GroupTest.withGroup();
    stage.until("green is found", () -> greenLeadsToPods(stage));
    var before = stage.address("green", "web");
    joins(stage, "green", "web", "meadow");

    stage.always(LONG, "green is found", () -> greenLeadsToPods(stage));
    assertNotEquals(before, stage.address("green", "web"));
    assertEquals(2, stage.loadBalancers().size());
    assertEquals(3, stage.targetGroups().size());
    for (var balancer : stage.loadBalancers()) {
      var moved = !before.equals(balancer.dnsName().toLowerCase());
      assertEquals(moved ? 2 : 3, rules(stage, balancer).size(), "its own and the default one");
    }
    assertEquals(Set.of("group.ingress.k8s.aws/meadow"), finalizers(stage, "green", "web"));
    stage.silent();
  }

  @Test
  void outOfAGroupOfItsOwn() throws Exception {
    var stage = Stage.withNginx();
    var before = stage.loadBalancers().getFirst().loadBalancerArn();
    joins(stage, "default", "nginx-ingress", "meadow");

    stage.always(LONG, "the name leads to pods", stage::nameLeadsToPods);
    assertEquals(1, stage.loadBalancers().size());
    assertNotEquals(before, stage.loadBalancers().getFirst().loadBalancerArn());
    assertEquals(1, stage.targetGroups().size());
    stage.silent();
  }

  @Test
  void notFromUnderAnotherMemberOfTheFormerGroupThatNamesTheSameHost() throws Exception {
    var stage = GroupTest.withGroup();
    stage.kubectl.patch(Kinds.INGRESS, "red", "web", BELOW_GREEN);
    stage.until("both are found", () -> greenLeadsToPodsOf(stage, "green", "red") && stage.idle());
    joins(stage, "green", "web", "meadow");

    stage.always(LONG, "both are found", () -> greenLeadsToPodsOf(stage, "green", "red"));
    assertEquals(2, stage.loadBalancers().size());
    assertTrue(
        stage.kubectl.all(Kinds.EVENT, "green").stream()
            .anyMatch(event -> Tree.text(event, "reason").equals("HostRefused")));
    stage.silent();
    stage.kubectl.delete(Kinds.INGRESS, "red", "web");
    stage.always(LONG, "green is found", () -> greenLeadsToPodsOf(stage, "green"));
    assertEquals(Set.of("group.ingress.k8s.aws/meadow"), finalizers(stage, "green", "web"));
    stage.silent();
  }

  @Test
  void asLongAsTheOtherGroupHasNoLoadBalancer() throws Exception {
    var stage = GroupTest.withGroup();
    stage.until("green is found", () -> greenLeadsToPods(stage));
    var refused = new AwsFaults.Effect.Fail(MADE_LATER, 400);
    stage.pipeline.aws().faults().add(AwsFaults.Rule.always("CreateLoadBalancer", refused));
    joins(stage, "green", "web", "meadow");

    stage.always(LONG, "green is found", () -> greenLeadsToPods(stage));
    assertEquals(1, stage.loadBalancers().size());
    stage.pipeline.aws().faults().clear();
    stage.always(LONG, "green is found", () -> greenLeadsToPods(stage));
    assertEquals(2, stage.loadBalancers().size());
    assertEquals(3, stage.targetGroups().size());
  }

  @Test
  void thereAndBackAgain() throws Exception {
    var stage = GroupTest.withGroup();
    stage.until("green is found", () -> greenLeadsToPods(stage));
    for (var wait : List.of(5, 60, 200)) {
      joins(stage, "green", "web", "meadow");
      stage.always(Duration.ofSeconds(wait), "green is found", () -> greenLeadsToPods(stage));
      joins(stage, "green", "web", "platform");
      stage.always(Duration.ofMinutes(10), "green is found", () -> greenLeadsToPods(stage));
    }
    stage.always(LONG, "green is found", () -> greenLeadsToPods(stage));
    assertEquals(1, stage.loadBalancers().size());
    assertEquals(3, stage.targetGroups().size());
    stage.silent();
  }

  @Test
  void withoutNamesItsFormerAddressServesUntilTheNewOneDoes() throws Exception {
    var stage = GroupTest.withGroup();
    var before = stage.address("green", "web");
    stage.kubectl.patch(
        Kinds.INGRESS,
        "green",
        "web",
        "metadata: {annotations: {external-dns.alpha.kubernetes.io/ingress-hostname-source:"
            + " annotation-only}}");
    stage.until(
        "the name is gone",
        () -> !stage.records().containsKey("green.example.com. A") && stage.idle());
    joins(stage, "green", "web", "meadow");
    stage.until("it shows another address", () -> !stage.address("green", "web").equals(before));
    var keep = Duration.ofMillis(ScopeSettings.defaults().replacementKeepMillis());
    stage.always(
        keep.minusSeconds(30),
        "both addresses serve, since other controllers' names may follow late",
        () ->
            serves(stage, before, "green.example.com", "green")
                && serves(stage, stage.address("green", "web"), "green.example.com", "green"));

    stage.always(
        LONG,
        "one of its addresses serves",
        () ->
            serves(stage, before, "green.example.com", "green")
                || serves(stage, stage.address("green", "web"), "green.example.com", "green"));
    assertNotEquals(before, stage.address("green", "web"));
    assertEquals(2, stage.loadBalancers().size());
    assertEquals(3, stage.targetGroups().size());
    stage.silent();
  }

  /** Behind the redirect it has a target group to which no rule leads. */
  @Test
  void whoHasAServiceBehindARedirectOfItsOwn() throws Exception {
    var stage = GroupTest.withGroup();
    var before = stage.address("green", "web");
    stage.kubectl.patch(Kinds.INGRESS, "green", "web", REDIRECT);
    stage.until("the redirect stands", () -> rules(stage).contains("elsewhere") && stage.idle());
    joins(stage, "green", "web", "meadow");

    stage.until("it moved", () -> !stage.address("green", "web").equals(before));
    stage.until(
        "nothing of it is left there",
        () -> finalizers(stage, "green", "web").equals(Set.of("group.ingress.k8s.aws/meadow")));
    stage.silent();
  }

  private static String rules(Stage stage) {
    return stage.loadBalancers().stream()
        .flatMap(balancer -> rules(stage, balancer).stream())
        .map(Rule::toString)
        .collect(Collectors.joining());
  }
}
