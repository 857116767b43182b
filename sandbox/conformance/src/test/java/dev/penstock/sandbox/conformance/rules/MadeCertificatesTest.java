package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.sandbox.conformance.Rows;
import dev.penstock.schemas.aws.CertificateSpec;
import dev.penstock.schemas.aws.CertificateSpec.ValidationRecord;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Live.LiveCertificate;
import dev.penstock.schemas.key.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates that are made for members: which are wanted, and which one a listener uses. */
final class MadeCertificatesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final Map<String, String> MADE =
      Map.of("create-acm-cert", "true", "group.name", "g");
  private static final Map<String, String> NAMED =
      Map.of("certificate-arn", "arn:named", "group.name", "g", "group.order", "1");
  private static final Map<String, String> FOUND =
      Map.of("listen-ports", "[{\"HTTPS\": 443}]", "group.name", "g");

  private static final String SHOP = "amazon_issued/shop.example.com-629ad553";
  private static final String SHOP_ARN = "id-of-CERTIFICATE-" + SHOP;
  private static final String NEXT = SHOP + "@1";

  @Test
  void forOtherHostsOneIsMadeBesideWhichServesOnceItIsIssued() {
    var before = world(true, ingress("shop", MADE, "shop.example.com"));
    var cloud = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(true, ingress("shop", MADE, "shop.example.com", "www.example.com"));

    var first = Plans.of(after, cloud);

    assertEquals(List.of(NEXT), made(first));
    assertEquals(List.of(SHOP_ARN), used(first));
    cloud.put(certificate(first, "PENDING_VALIDATION", ""));
    assertEquals(List.of(SHOP_ARN), used(Plans.of(after, cloud)));
    cloud.put(certificate(first, "ISSUED", ""));
    assertEquals(List.of(key(first).toString()), used(Plans.of(after, cloud)));
    assertEquals(List.of(SHOP), made(Plans.of(before, cloud)), "and back again");
  }

  /** Who may tag certificates can write there what he wants. */
  @Test
  void whatIsNoNumberOfAReplacementInATagDoesNoHarm() {
    var before = world(true, ingress("shop", MADE, "shop.example.com"));
    var first = Plans.of(before, before.cloud());
    var cloud = new AppliedCloud(before.cloud(), first);
    for (var number : List.of("x", "", "-1", "99999999999")) {
      var copy = new ResourceKey(key(first).stack(), key(first).kind(), SHOP + "@" + number);
      cloud.put(Map.entry(copy, certificate(first, "ISSUED", "").getValue()));
    }
    var after = world(true, ingress("shop", MADE, "shop.example.com", "www.example.com"));

    assertEquals(List.of(NEXT), made(Plans.of(after, cloud)));
  }

  @Test
  void whatAcmMustSeeIsClaimedAsLongAsTheCertificateIsThere() {
    var before = world(true, ingress("shop", MADE, "shop.example.com"));
    var plan = Plans.of(before, before.cloud());
    var cloud = new AppliedCloud(before.cloud(), plan);
    cloud.put(certificate(plan, "PENDING_VALIDATION", ""));

    var claims = Plans.of(before, cloud).claims();

    var claim = claims.stream().filter(c -> c.host().host().startsWith("_")).findFirst();
    assertEquals("_x.shop.example.com", claim.orElseThrow().host().host());
    assertEquals(List.of("_y.acm-validations.aws"), claim.get().host().targets());
    var named = world(true, ingress("shop", NAMED, "shop.example.com"));
    assertEquals(
        claims.size(), Plans.of(named, cloud).claims().size(), "it is to be deleted first");
  }

  @Test
  void oneThatIsNotIssuedKeepsNobodyWaitingWhoHasACertificate() {
    var world =
        world(
            true,
            ingress("shop", MADE, "shop.example.com"),
            ingress("other", NAMED, "other.example.com"));

    var plan = Plans.of(world, world.cloud());

    assertEquals(List.of("arn:named"), used(plan));
    assertEquals(List.of(SHOP), made(plan));
  }

  @Test
  void theListenersDefaultStaysWithItsMemberWhenItGetsAnotherCertificate() {
    var other = ingress("a", NAMED, "other.example.com");
    var last = Map.of("create-acm-cert", "true", "group.name", "g", "group.order", "9");
    var before = world(true, ingress("shop", last, "shop.example.com"));
    var cloud = new AppliedCloud(before.cloud(), Plans.of(before, before.cloud()));
    var after = world(true, other, ingress("shop", last, "shop.example.com", "www.example.com"));
    var joined = Plans.of(after, cloud);
    assertEquals(List.of(SHOP_ARN, "arn:named"), used(joined));

    cloud.put(certificate(joined, "ISSUED", ""));

    assertEquals(List.of(key(joined).toString(), "arn:named"), used(Plans.of(after, cloud)));
  }

  @Test
  void oneThatAcmRefusedIsToldAndStays() {
    var world = world(true, ingress("shop", MADE, "shop.example.com"));
    var plan = Plans.of(world, world.cloud());
    var cloud = new AppliedCloud(world.cloud(), plan);
    cloud.put(certificate(plan, "FAILED", "CAA_ERROR"));

    var refused = Plans.of(world, cloud);

    assertEquals(List.of(SHOP), made(refused));
    assertEquals(
        List.of(
            "CertificateNotIssued certificate arn is FAILED (CAA_ERROR): delete it, and it is"
                + " asked for again"),
        told(refused));
  }

  @Test
  void oneOfWhichNothingIsKnownIsWaitedFor() {
    var world = world(true, ingress("shop", MADE, "shop.example.com"));

    assertEquals(List.of(SHOP), made(Plans.of(world, AppliedCloud.unknown(world.cloud()))));
  }

  @Test
  void withoutTheGateItIsNotMadeAndTheOwnerIsTold() {
    var world = world(false, ingress("shop", MADE, "shop.example.com"));

    var plan = Plans.of(world, world.cloud());

    assertEquals(List.of(), made(plan));
    assertEquals(
        List.of(
            "CertificatesOff "
                + PREFIX
                + "create-acm-cert has no effect: the feature gate EnableCertificateManagement is"
                + " off in the settings of the cluster"),
        told(plan));
  }

  @Test
  void oneThatWasMadeForAnotherIsNotFoundByHost() {
    var world = world(true, ingress("shop", FOUND, "taken.example.com"));

    var plan = Plans.of(world, world.cloud());

    assertEquals(List.of(), used(plan));
    assertEquals("NoCertificate", plan.problems().getFirst().problem().reason());
    var off = world(false, ingress("shop", FOUND, "taken.example.com"));
    assertEquals(List.of("arn:taken"), used(Plans.of(off, off.cloud())));
  }

  private static List<String> made(StackPlan plan) {
    return plan.resources().stream()
        .filter(desired -> desired.spec() instanceof CertificateSpec)
        .map(desired -> desired.key().id())
        .toList();
  }

  private static ResourceKey key(StackPlan plan) {
    return plan.resources().stream()
        .filter(desired -> desired.spec() instanceof CertificateSpec)
        .findFirst()
        .orElseThrow()
        .key();
  }

  private static List<String> used(StackPlan plan) {
    return Plans.specs(plan, ListenerSpec.class).stream()
        .flatMap(spec -> spec.certificates().stream().map(Order::id))
        .toList();
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.problem().reason() + " " + p.problem().message())
        .toList();
  }

  private static Map.Entry<ResourceKey, LiveCertificate> certificate(
      StackPlan plan, String status, String reason) {
    var spec =
        plan.resources().stream()
            .filter(desired -> desired.key().equals(key(plan)))
            .map(desired -> (CertificateSpec) desired.spec())
            .findFirst()
            .orElseThrow();
    var record = new ValidationRecord("_X.shop.example.com.", "_y.acm-validations.aws.");
    return Map.entry(
        key(plan),
        new LiveCertificate("arn", spec, status, reason, List.of(record), Optional.empty()));
  }

  private static JsonNode ingress(String name, Map<String, String> settings, String... hosts) {
    var ingress =
        MAPPER.createObjectNode().put("kind", "Ingress").put("apiVersion", "networking.k8s.io/v1");
    var metadata = ingress.putObject("metadata").put("name", name).put("namespace", "apps");
    var annotations = metadata.putObject("annotations");
    settings.forEach((key, value) -> annotations.put(PREFIX + key, value));
    var spec = ingress.putObject("spec").put("ingressClassName", "alb");
    var rules = spec.putArray("rules");
    for (var host : hosts) {
      rules
          .addObject()
          .put("host", host)
          .set(
              "http",
              Rows.yaml(
                  "paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port:"
                      + " {number: 80}}}}]"));
    }
    return ingress;
  }

  private static CaseWorld world(boolean gate, JsonNode... ingresses) {
    var content = MAPPER.createObjectNode();
    content.putObject("config").putObject("feature-gates").put("EnableCertificateManagement", gate);
    content.set(
        "aws",
        Rows.yaml(
            """
            subnets:
              - {id: subnet-1, az: us-west-2a, tags: {kubernetes.io/role/internal-elb: "1"}}
              - {id: subnet-2, az: us-west-2b, tags: {kubernetes.io/role/internal-elb: "1"}}
            certificates:
              - arn: arn:taken
                sans: [taken.example.com]
                tags: {elbv2.k8s.aws/cluster: demo, ingress.k8s.aws/stack: s, ingress.k8s.aws/resource: r}
            """));
    var objects =
        (ArrayNode)
            Rows.yaml(
                """
                - kind: IngressClass
                  metadata: {name: alb}
                  spec: {controller: ingress.k8s.aws/alb}
                - kind: Service
                  metadata: {name: web, namespace: apps, uid: u1}
                  spec: {type: NodePort, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
                """);
    List.of(ingresses).forEach(objects::add);
    content.set("objects", objects);
    return new CaseWorld(content);
  }
}
