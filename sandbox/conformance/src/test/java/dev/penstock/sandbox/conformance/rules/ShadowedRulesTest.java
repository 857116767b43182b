package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.aws.Action;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.RuleCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A live rule serves on, whoever comes with the same or a wider one; the loser is told. */
final class ShadowedRulesTest {
  private static final String REDIRECT = "redirect";
  private static final Map<String, Integer> ORDER = Map.of("n", -1000, "a", 10, "late", 20);
  private static final String HEAD =
      """
      aws:
        subnets:
          - {id: subnet-1, az: us-west-2a, tags: {kubernetes.io/role/internal-elb: "1"}}
          - {id: subnet-2, az: us-west-2b, tags: {kubernetes.io/role/internal-elb: "1"}}
      objects:
        - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
        - kind: Service
          metadata: {name: web, namespace: apps, uid: u1}
          spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
        - kind: Service
          metadata: {name: api, namespace: apps, uid: u2}
          spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30081}]}
      """;

  @TestFactory
  Stream<DynamicTest> whatServesServesOn() {
    return Rows.of("/rules/shadowed.yaml", ShadowedRulesTest::check);
  }

  private static void check(JsonNode row) {
    var ingresses = new ArrayList<String>();
    for (var name : List.of("a", "n", "late")) {
      var rules = new ArrayList<String>();
      row.path(name).forEach(rule -> rules.add(rule.asText()));
      if (!rules.isEmpty()) {
        ingresses.add(ingress(name, "web", rules.toArray(String[]::new)));
      }
    }
    var alone = world(ingresses.getFirst());
    var first = Plans.of(alone, alone.cloud());
    var all = world(ingresses.toArray(String[]::new));

    var plan = Plans.of(all, new AppliedCloud(all.cloud(), first));

    assertEquals(texts(row.path("match")), match(plan));
    var told = told(plan);
    var expected = texts(row.path("told"));
    assertEquals(expected.size(), told.size(), told::toString);
    for (int i = 0; i < told.size(); i++) {
      assertTrue(told.get(i).startsWith(expected.get(i)), told::toString);
    }
    assertEquals(actions(first), actionsOf(plan, first));
    assertEquals(
        match(plan), match(Plans.of(all, new AppliedCloud(all.cloud(), plan))), "it is settled");
  }

  @Test
  void amongRulesThatAreNotLiveOrderDecides() {
    var world = world(ingress("a", "web", "h/api"), ingress("n", "web", "h/api"));
    var plan = Plans.of(world, world.cloud());
    assertEquals(List.of("n h/api", "a h/api"), match(plan));
    assertEquals(1, told(plan).size());
    assertTrue(
        told(plan).getFirst().startsWith("a \"h/api\" is never reached"), told(plan)::toString);
  }

  @Test
  void whoStandsMayChangeItsBackend() {
    var before = world(ingress("a", "web", "h/api"));
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var edited = world(ingress("a", "api", "h/api"), ingress("n", "web", "h/api"));
    assertEquals(List.of("a h/api", "n h/api"), match(Plans.of(edited, live)));
  }

  @Test
  void theNextOneServesWhereItStandsOnceTheOtherLeft() {
    var before = world(ingress("a", "web", "h/api"));
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var both = world(ingress("a", "web", "h/api"), ingress("n", "web", "h/api"));
    var beside = Plans.of(both, live);
    var left =
        Plans.of(world(ingress("n", "web", "h/api")), new AppliedCloud(both.cloud(), beside));
    assertEquals(rules(beside).getLast(), rules(left).getFirst());
    assertEquals(List.of(), told(left));
  }

  @Test
  void oneThatComesAsAnotherLeavesTakesItsRuleOver() {
    var before = world(ingress("a", "web", "h/api"));
    var first = Plans.of(before, before.cloud());
    var after =
        Plans.of(world(ingress("n", "web", "h/api")), new AppliedCloud(before.cloud(), first));
    assertEquals(rules(first).getFirst().key(), rules(after).getFirst().key());
  }

  @Test
  void whileItIsUnknownWhetherARuleIsLiveNothingComesBeforeIt() {
    var before = world(ingress("a", "web", "h/api"));
    var first = Plans.of(before, before.cloud());
    var live = new AppliedCloud(before.cloud(), first);
    live.forget(rules(first).getFirst().key());
    var plan = Plans.of(world(ingress("a", "web", "h/api"), ingress("n", "web", "h/*")), live);
    assertTrue(plan.blockedOn().orElse("").contains("match first on port 80"), plan::toString);
  }

  private static List<List<Action>> actions(StackPlan plan) {
    return rules(plan).stream().map(d -> ((ListenerRuleSpec) d.spec()).actions()).toList();
  }

  /** What the rules of an earlier plan do in a later one. */
  private static List<List<Action>> actionsOf(StackPlan plan, StackPlan earlier) {
    return rules(earlier).stream()
        .flatMap(d -> rules(plan).stream().filter(later -> later.key().equals(d.key())))
        .map(d -> ((ListenerRuleSpec) d.spec()).actions())
        .toList();
  }

  private static List<Desired> rules(StackPlan plan) {
    return plan.resources().stream()
        .filter(d -> d.spec() instanceof ListenerRuleSpec)
        .sorted(Comparator.comparing(d -> ((ListenerRuleSpec) d.spec()).priority()))
        .toList();
  }

  private static List<String> match(StackPlan plan) {
    assertEquals(Optional.empty(), plan.blockedOn());
    return rules(plan).stream()
        .map(d -> d.wantedBy().getFirst().name() + " " + place((ListenerRuleSpec) d.spec()))
        .toList();
  }

  private static String place(ListenerRuleSpec rule) {
    var hosts = new ArrayList<String>();
    var paths = new ArrayList<String>();
    for (RuleCondition condition : rule.conditions()) {
      if (condition instanceof RuleCondition.HostHeader(var values, _)) {
        hosts.addAll(values);
      }
      if (condition instanceof RuleCondition.PathPattern(var values, _)) {
        paths.addAll(values);
      }
    }
    return String.join(",", hosts) + String.join(",", paths);
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.member().name() + " " + p.problem().message().replace("rule ", ""))
        .toList();
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static CaseWorld world(String... ingresses) {
    return new CaseWorld(Rows.yaml(HEAD + String.join("", ingresses)));
  }

  private static String ingress(String name, String service, String... rules) {
    var text = new StringBuilder();
    for (String rule : rules) {
      int slash = rule.indexOf('/');
      int space = rule.indexOf(' ');
      var path = rule.substring(slash, space < 0 ? rule.length() : space);
      var to = space < 0 ? service : rule.substring(space + 1);
      var backend =
          to.equals(REDIRECT)
              ? "{name: away, port: {name: use-annotation}}"
              : "{name: " + to + ", port: {name: http}}";
      text.append(
          """
                - host: "%s"
                  http: {paths: [{path: "%s", pathType: ImplementationSpecific, backend: {service: %s}}]}
          """
              .formatted(rule.substring(0, slash), path, backend));
    }
    return """
      - kind: Ingress
        metadata:
          name: %1$s
          namespace: apps
          annotations:
            alb.ingress.kubernetes.io/group.name: g
            alb.ingress.kubernetes.io/group.order: "%2$s"
            alb.ingress.kubernetes.io/actions.away: '{"type":"redirect","redirectConfig":{"host":"elsewhere","statusCode":"HTTP_302"}}'
        spec:
          ingressClassName: alb
          rules:
    """
            .formatted(name, ORDER.get(name))
        + text;
  }
}
