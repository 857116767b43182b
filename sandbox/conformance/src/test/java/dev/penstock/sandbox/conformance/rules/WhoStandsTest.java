package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.StackPlan.Desired;
import dev.penstock.plan.names.StackNames;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.ProtectionSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.ResourceSpec;
import dev.penstock.schemas.aws.SecurityGroupRulesSpec;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.key.ResourceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A value in force that a member still claims wins, however low the order of who comes next. */
final class WhoStandsTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String CLUSTER =
      """
      aws:
        subnets:
          - {id: subnet-1, az: us-west-2a, ipv6Cidrs: ["fd00:1::/64"], tags: {kubernetes.io/role/internal-elb: "1"}}
          - {id: subnet-2, az: us-west-2b, ipv6Cidrs: ["fd00:2::/64"], tags: {kubernetes.io/role/internal-elb: "1"}}
          - {id: subnet-3, az: us-west-2c}
        securityGroups:
          - {id: sg-1, name: one}
          - {id: sg-2, name: two}
          - {id: sg-3, name: three, tags: {Name: named}}
        webACLs: [{name: one, arn: "arn:one"}]
      objects:
        - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
        - kind: IngressClass
          metadata: {name: other}
          spec:
            controller: ingress.k8s.aws/alb
            parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: other}
        - kind: IngressClassParams
          metadata: {name: other}
          spec: {loadBalancerAttributes: [{key: idle_timeout.timeout_seconds, value: "7"}]}
        - kind: Service
          metadata: {name: web, namespace: apps, uid: u1}
          spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
        - kind: Service
          metadata: {name: api, namespace: apps, uid: u2}
          spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30081}]}
      """;

  @TestFactory
  Stream<DynamicTest> whatIsLiveAndClaimedStays() {
    return Rows.of("/rules/who-stands.yaml", WhoStandsTest::check);
  }

  private static void check(JsonNode row) {
    var world = world(row.get("a"), row.get("n"));
    var alone = Plans.of(world, world.cloud(), world.members().subList(0, 1));
    var live = new AppliedCloud(world.cloud(), alone);
    var both = Plans.of(world, live);
    assertEquals(Optional.empty(), both.blockedOn());
    assertEquals(shared(alone), shared(both));
    var lost =
        both.problems().stream()
            .filter(p -> p.member().name().equals("n"))
            .map(p -> p.problem().message())
            .toList();
    var told = row.path("told").asText();
    assertEquals(!told.isEmpty(), !lost.isEmpty(), lost.toString());
    assertTrue(
        lost.stream().allMatch(m -> m.contains(told) && m.contains("apps/a")), lost::toString);
    assertTrue(both.problems().stream().noneMatch(p -> p.member().name().equals("a")));
  }

  /** The successor has target groups of its own, to which the live listener does not lead. */
  @Test
  void whatAnswersByDefaultStaysWhileTheLoadBalancerIsReplaced() {
    var world = world(backend("web"), backend("api"));
    var alone = Plans.of(world, world.cloud(), world.members().subList(0, 1));
    var live = new AppliedCloud(world.cloud(), alone);
    var replaced = Map.of(StackNames.LOAD_BALANCER, 1);

    var first = Plans.of(world, live, replaced);
    assertEquals(List.of("TargetGroup apps/a-web:80@1"), leadsTo(first));
    assertEquals(
        List.of("n"), first.problems().stream().map(p -> p.member().name()).distinct().toList());
    var old = alone.resources().stream().filter(d -> d.spec() instanceof TargetGroupSpec).toList();
    old.forEach(group -> live.forget(group.key()));
    assertEquals(
        Optional.of("what answers by default on port 80 is not known yet"),
        Plans.of(world, live, replaced).blockedOn());
  }

  private static JsonNode backend(String service) {
    return YAML.valueToTree(Map.of("backend", service));
  }

  private static List<String> leadsTo(StackPlan plan) {
    return Plans.specs(plan, ListenerSpec.class).stream()
        .flatMap(listener -> Order.references(listener.defaultActions()).stream())
        .map(group -> group.kind().text() + " " + group.id())
        .toList();
  }

  @Test
  void whileItIsUnknownWhatIsLiveNobodyWins() {
    var row = Map.of("inbound-cidrs", "10.0.0.0/8");
    var other = Map.of("inbound-cidrs", "0.0.0.0/0");
    var world = world(YAML.valueToTree(row), YAML.valueToTree(other));
    var plan = Plans.of(world, AppliedCloud.unknown(world.cloud()));
    assertTrue(plan.blockedOn().orElse("").contains("inbound-cidrs"), plan.toString());
    assertEquals(List.of(), plan.problems());
  }

  @Test
  void amongValuesThatAreNotLiveOrderDecides() {
    var row = Map.of("inbound-cidrs", "10.0.0.0/8");
    var other = Map.of("inbound-cidrs", "192.168.0.0/16");
    var world = world(YAML.valueToTree(row), YAML.valueToTree(other));
    var plan = Plans.of(world, world.cloud());
    assertEquals(
        List.of("a"), plan.problems().stream().map(p -> p.member().name()).distinct().toList());
  }

  @Test
  void theRedirectOfWhoIsHeldBackGoesOnWhileItIsLive() {
    var redirects = new TreeMap<>(Map.of("certificate-arn", "arn:1", "ssl-redirect", "443"));
    redirects.put("listen-ports", "[{\"HTTP\":80},{\"HTTPS\":443}]");
    redirects.put("scheme", "internal");
    JsonNode other = YAML.valueToTree(Map.of("scheme", "internal"));
    var before = world(YAML.valueToTree(redirects), other);
    var standing = Plans.of(before, before.cloud());
    var live = new AppliedCloud(before.cloud(), standing);
    redirects.put("scheme", "internet-facing");
    var after = world(YAML.valueToTree(redirects), other);

    assertEquals(shared(standing), shared(Plans.of(after, live)));
    standing.resources().stream()
        .map(Desired::key)
        .filter(key -> key.kind() == ResourceKind.LISTENER)
        .forEach(live::forget);
    assertEquals(
        Optional.of("a member is held back, and whether its redirect is live is not known"),
        Plans.of(after, live).blockedOn());
  }

  @Test
  void aChangedNameAloneReplacesNothingAndSaysSo() {
    var none = YAML.createObjectNode();
    var before = world(YAML.valueToTree(Map.of("load-balancer-name", "one")), none);
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(YAML.valueToTree(Map.of("load-balancer-name", "two")), none);

    var plan = Plans.of(after, live);

    assertEquals(
        List.of(
            "a NameKept load-balancer-name: \"two\" waits: AWS cannot rename a load balancer, and a"
                + " name alone is no reason to replace \"one\""),
        plan.problems().stream()
            .map(p -> p.member().name() + " " + p.problem().reason() + " " + p.problem().message())
            .toList());
  }

  /** What the members share; certificates beside the default one may be added by anybody. */
  private static Map<String, ResourceSpec> shared(StackPlan plan) {
    var shared = new TreeMap<String, ResourceSpec>();
    for (var desired : plan.resources()) {
      switch (desired.spec()) {
        case LoadBalancerSpec spec -> shared.put(desired.key().toString(), spec);
        case SecurityGroupSpec spec -> shared.put(desired.key().toString(), spec);
        case ProtectionSpec spec -> shared.put(desired.key().toString(), spec);
        case ListenerSpec spec ->
            shared.put(desired.key().toString(), AppliedCloud.withDefaultCertificate(spec));
        case ListenerRuleSpec _,
            TargetGroupSpec _,
            SecurityGroupRulesSpec _,
            CertificateSpec _,
            RecordNameSpec _ -> {}
      }
    }
    return shared;
  }

  private static CaseWorld world(JsonNode a, JsonNode n) {
    try {
      return new CaseWorld(YAML.readTree(CLUSTER + ingress("a", 10, a) + ingress("n", -1000, n)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ingress(String name, int order, JsonNode settings) {
    var annotations = new TreeMap<String, String>();
    settings.properties().forEach(e -> annotations.put(PREFIX + e.getKey(), e.getValue().asText()));
    annotations.put(PREFIX + "group.name", "g");
    annotations.put(PREFIX + "group.order", Integer.toString(order));
    var className = Optional.ofNullable(annotations.remove(PREFIX + "class")).orElse("alb");
    var backend =
        Optional.ofNullable(annotations.remove(PREFIX + "backend"))
            .map(
                service -> "defaultBackend: {service: {name: " + service + ", port: {number: 80}}}")
            .orElse("");
    return """
      - kind: Ingress
        metadata: {name: %1$s, namespace: apps, annotations: %2$s}
        spec:
          ingressClassName: %3$s
          %4$s
          rules:
            - host: %1$s.example.com
              http:
                paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
    """
        .formatted(name, new ObjectMapper().valueToTree(annotations), className, backend);
  }
}
