package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.plan.StackPlan;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.aws.ProtectionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What one member asks its load balancer to be guarded by, and what it is told. */
final class ProtectionsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ACL = "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/shop/1";

  @TestFactory
  Stream<DynamicTest> whatIsAskedForIsWanted() {
    return Rows.of("/rules/protections.yaml", ProtectionsTest::check);
  }

  private static void check(JsonNode row) {
    var world = world(row.path("annotations"), row.path("params"), row.path("config"));
    var plan = Plans.of(world, new AppliedCloud(world.cloud(), unguarded()));
    var wanted = new TreeMap<String, String>();
    row.path("wanted").properties().forEach(e -> wanted.put(e.getKey(), e.getValue().asText()));
    assertEquals(wanted, guards(plan));
    var told = row.path("told").asText();
    assertEquals(
        told.isEmpty() ? List.of() : List.of(told),
        plan.problems().stream().map(p -> p.problem().reason()).toList());
  }

  @Test
  void whatNobodyMentionsAnyMoreStaysAndIsReported() {
    var before = world(MAPPER.valueToTree(Map.of("wafv2-acl-arn", ACL)), none(), none());
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(none(), none(), none());

    var plan = Plans.of(after, live);

    assertEquals(Map.of(), guards(plan));
    assertEquals(
        List.of(
            "ProtectionKept nobody asks for wafv2 \""
                + ACL
                + "\" any more; it stays until a member says none or false"),
        told(plan));
  }

  @Test
  void logsDeletionProtectionAndMutualTlsThatNobodyMentionsAnyMoreAreReported() {
    var settings =
        Map.of(
            "load-balancer-attributes",
            "deletion_protection.enabled=true,access_logs.s3.enabled=true,"
                + "access_logs.s3.bucket=logs,connection_logs.s3.enabled=false",
            "mutual-authentication",
            "[{\"port\": 443, \"mode\": \"passthrough\"}]");
    var https = Map.of("certificate-arn", "arn:1");
    var all = new TreeMap<>(settings);
    all.putAll(https);
    var before = world(MAPPER.valueToTree(all), none(), none());
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));

    var silent = told(Plans.of(world(MAPPER.valueToTree(https), none(), none()), live));
    var off = new TreeMap<>(https);
    off.put(
        "load-balancer-attributes",
        "deletion_protection.enabled=false,access_logs.s3.enabled=false");
    off.put("mutual-authentication", "[{\"port\": 443, \"mode\": \"off\"}]");
    var loud = told(Plans.of(world(MAPPER.valueToTree(off), none(), none()), live));

    var stays = "SettingKept nobody asks for %s any more; it stays until a member says %s";
    assertEquals(
        List.of(
            stays.formatted("mutual-authentication of port 443 (passthrough)", "off"),
            stays.formatted("access_logs.s3.enabled", "false"),
            stays.formatted("deletion_protection.enabled", "false")),
        silent);
    assertEquals(List.of(), loud);
  }

  @Test
  void whatNobodyMentionsAnyMoreGuardsTheLoadBalancerThatTakesThePlace() {
    var before = world(MAPPER.valueToTree(Map.of("wafv2-acl-arn", ACL)), none(), none());
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(none(), none(), none());

    var plan = Plans.of(after, live, Map.of("LoadBalancer", 1));

    var guards = plan.resources().stream().filter(d -> d.spec() instanceof ProtectionSpec).toList();
    assertEquals(List.of("wafv2@1"), guards.stream().map(d -> d.key().id()).toList());
    assertEquals(Map.of("wafv2", ACL), guards(plan));
    assertEquals(List.of(), plan.problems());
  }

  @Test
  void aNameThatWasNotLookedUpYetBlocksThePlan() {
    var world = world(MAPPER.valueToTree(Map.of("wafv2-acl-name", "shop")), none(), none());

    var plan = Plans.of(world, new UnaskedCloud(world.cloud()));

    assertEquals(Optional.of("web ACL \"shop\" was not looked up yet"), plan.blockedOn());
  }

  @Test
  void aNameThatIsGoneTakesNothingAwayFromWhatIsLive() {
    var before = world(MAPPER.valueToTree(Map.of("wafv2-acl-name", "shop")), none(), none());
    var live = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(MAPPER.valueToTree(Map.of("wafv2-acl-name", "gone")), none(), none());

    var plan = Plans.of(after, live);

    assertEquals(Map.of(), guards(plan));
    assertEquals(Optional.empty(), plan.blockedOn());
    assertEquals(
        List.of("there is no web ACL \"gone\""),
        plan.problems().stream().map(p -> p.problem().message()).toList());
    assertEquals(
        unguarded().resources().stream().map(d -> d.key() + " " + d.spec()).toList(),
        plan.resources().stream().map(d -> d.key() + " " + d.spec()).toList());
  }

  private static Map<String, String> guards(StackPlan plan) {
    var guards = new TreeMap<String, String>();
    Plans.specs(plan, ProtectionSpec.class)
        .forEach(spec -> guards.put(spec.guard().text(), spec.value()));
    return guards;
  }

  private static StackPlan unguarded() {
    var world = world(none(), none(), none());
    return Plans.of(world, world.cloud());
  }

  private static JsonNode none() {
    return MAPPER.createObjectNode();
  }

  private static CaseWorld world(JsonNode annotations, JsonNode params, JsonNode config) {
    var content = MAPPER.createObjectNode();
    content.set("config", config);
    content.set(
        "aws",
        Rows.yaml(
            """
            subnets:
              - {id: subnet-1, az: us-west-2a, tags: {kubernetes.io/role/internal-elb: "1"}}
              - {id: subnet-2, az: us-west-2b, tags: {kubernetes.io/role/internal-elb: "1"}}
            webACLs: [{name: shop, arn: "%s"}]
            """
                .formatted(ACL)));
    content.set("objects", objects(annotations, params));
    return new CaseWorld(content);
  }

  private static JsonNode objects(JsonNode annotations, JsonNode params) {
    var objects =
        Rows.yaml(
            """
            - kind: IngressClass
              metadata: {name: alb}
              spec:
                controller: ingress.k8s.aws/alb
                parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: alb}
            - kind: IngressClassParams
              metadata: {name: alb}
            - kind: Service
              metadata: {name: web, namespace: apps, uid: u1}
              spec: {type: NodePort, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
            - kind: Ingress
              metadata: {name: shop, namespace: apps, annotations: {}}
              spec:
                ingressClassName: alb
                defaultBackend: {service: {name: web, port: {number: 80}}}
            """);
    ((ObjectNode) objects.get(1)).set("spec", params);
    var given = (ObjectNode) objects.get(3).path("metadata").path("annotations");
    annotations
        .properties()
        .forEach(e -> given.set("alb.ingress.kubernetes.io/" + e.getKey(), e.getValue()));
    return objects;
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.problem().reason() + " " + p.problem().message())
        .toList();
  }
}
