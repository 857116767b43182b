package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.StackPlan;
import dev.penstock.plan.names.StackNames;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The network load balancer in front: what it must not break, and what it is called. */
final class FrontendTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String ON = "enable-frontend-nlb: 'true'";

  @Test
  void settingsThatNobodyCanReadCountOnlyWhereThereIsOneInFront() throws IOException {
    var broken = "frontend-nlb-scheme: broken";
    var without = world(subnets(2), "group.order: '1'", broken);
    assertEquals(List.of(), told(Plans.of(without, without.cloud())));

    var with = world(subnets(2), ON, broken);
    var plan = Plans.of(with, with.cloud());

    assertEquals(List.of("b InvalidAnnotation"), told(plan));
    assertEquals("internal", front(plan).orElseThrow().scheme());
  }

  @Test
  void aPortInFrontThatItsSecurityGroupDoesNotAdmitIsToldToItsOwner() throws IOException {
    var mapped = ON + ", frontend-nlb-listener-port-mapping: '9000=80'";
    var shut = world(subnets(2), mapped, "{}");
    var open = world(subnets(2), mapped + ", frontend-nlb-security-groups: sg-1", "{}");

    assertEquals(List.of("a PortsNotAdmitted"), told(Plans.of(shut, shut.cloud())));
    assertEquals(List.of("a InvalidSecurityGroups"), told(Plans.of(open, open.cloud())));
  }

  @Test
  void whatCannotBeMadeInFrontStopsNothingBehind() throws IOException {
    var world = world(subnets(2), ON + ", frontend-nlb-eip-allocations: 'e-1,e-2'", "{}");

    var plan = Plans.of(world, world.cloud());

    assertEquals(Optional.empty(), plan.blockedOn());
    assertEquals(List.of("a InvalidAddresses"), told(plan));
    assertEquals(Optional.empty(), front(plan));
    assertEquals(2, plan.statuses().size());
    assertEquals(List.of("LoadBalancer", "LoadBalancer"), entrances(plan));
  }

  @Test
  void aLiveOneKeepsItsSubnetsWhenOthersWouldBeFound() throws IOException {
    var before = world(subnets(2), ON, "{}");
    var live =
        new AppliedCloud(world(subnets(3), ON, "{}").cloud(), Plans.of(before, before.cloud()));

    var plan = Plans.of(before, live);

    assertEquals(List.of("subnet-1", "subnet-2"), front(plan).orElseThrow().subnets());
  }

  @Test
  void namesLeadToItOnlyWhereItLeadsToTheMember() throws IOException {
    var world =
        world(
            subnets(2),
            ON + ", frontend-nlb-listener-port-mapping: '9000=80'",
            "listen-ports: '[{\"HTTP\":81}]', frontend-nlb-listener-port-mapping: '9001=82'");

    var plan = Plans.of(world, world.cloud());

    assertEquals(List.of("FrontendNlb", "LoadBalancer"), entrances(plan));
    assertEquals(
        List.of("FrontendNlb-ls-TCP-9000"),
        ids(plan).stream().filter(id -> id.contains("-ls-")).toList());
  }

  @Test
  void behindAReplacedOneStandsAnotherTargetGroupOfTheSameListener() throws IOException {
    var world = world(subnets(2), ON, "{}");

    var plan = Plans.of(world, world.cloud(), Map.of(StackNames.LOAD_BALANCER, 1));

    var group = only(plan, "FrontendNlb-tg-TCP-80@1");
    var behind = ((TargetGroupSpec) group.spec()).behind().orElseThrow();
    assertEquals("LoadBalancer@1", ((Link.Ref) behind.loadBalancer()).resource().id());
    assertEquals("80@1", ((Link.Ref) behind.listener().orElseThrow()).resource().id());
    only(plan, "FrontendNlb-ls-TCP-80");
    only(plan, "FrontendNlb");
  }

  @Test
  void aReplacedOneHasANameOfItsOwn() {
    assertEquals("web-nlb", StackNames.frontend("web", 0));
    assertEquals("web-2-nlb", StackNames.frontend("web", 2));
    assertEquals(
        "abcdefghijklmnopqrstuvwxyz01-nlb",
        StackNames.frontend("abcdefghijklmnopqrstuvwxyz012345", 0));
    assertEquals(
        "abcdefghijklmnopqrstuvwxyz-1-nlb",
        StackNames.frontend("abcdefghijklmnopqrstuvwxyz012345", 1));
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.member().name() + " " + p.problem().reason())
        .toList();
  }

  private static List<String> entrances(StackPlan plan) {
    return plan.claims().stream().map(claim -> claim.resource().id()).toList();
  }

  private static List<String> ids(StackPlan plan) {
    return plan.resources().stream().map(desired -> desired.key().id()).toList();
  }

  private static StackPlan.Desired only(StackPlan plan, String id) {
    var found = plan.resources().stream().filter(d -> d.key().id().equals(id)).toList();
    assertEquals(1, found.size(), ids(plan).toString());
    return found.getFirst();
  }

  private static Optional<LoadBalancerSpec> front(StackPlan plan) {
    return plan.resources().stream()
        .filter(desired -> desired.key().id().equals("FrontendNlb"))
        .map(desired -> (LoadBalancerSpec) desired.spec())
        .findFirst();
  }

  private static String subnets(int count) {
    var text = new StringBuilder("aws:\n  subnets:\n");
    for (int i = 1; i <= count; i++) {
      text.append(
          "    - {id: subnet-%d, az: zone-%d, tags: {kubernetes.io/role/internal-elb: \"1\"}}\n"
              .formatted(i, i));
    }
    return text.toString();
  }

  private static CaseWorld world(String aws, String ofA, String ofB) throws IOException {
    var objects =
        """
        objects:
          - {kind: IngressClass, metadata: {name: alb}, spec: {controller: ingress.k8s.aws/alb}}
          - kind: Service
            metadata: {name: web, namespace: apps, uid: u1}
            spec: {type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
        """;
    return new CaseWorld(YAML.readTree(aws + objects + ingress("a", ofA) + ingress("b", ofB)));
  }

  private static String ingress(String name, String settings) throws IOException {
    var annotations = YAML.createObjectNode().put(PREFIX + "group.name", "g");
    var given = settings.startsWith("{") ? settings : "{" + settings + "}";
    YAML.readTree(given)
        .properties()
        .forEach(e -> annotations.put(PREFIX + e.getKey(), e.getValue().asText()));
    return """
      - kind: Ingress
        metadata: {name: %1$s, namespace: apps, annotations: %2$s}
        spec:
          ingressClassName: alb
          rules:
            - host: %1$s.example.com
              http:
                paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
    """
        .formatted(name, new ObjectMapper().writeValueAsString(annotations));
  }
}
