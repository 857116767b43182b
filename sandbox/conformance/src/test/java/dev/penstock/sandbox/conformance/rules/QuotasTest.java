package dev.penstock.sandbox.conformance.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.penstock.plan.CloudView;
import dev.penstock.plan.Order;
import dev.penstock.plan.StackPlan;
import dev.penstock.sandbox.conformance.CaseWorld;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.ListenerSpec;
import dev.penstock.schemas.aws.Permission;
import dev.penstock.schemas.aws.RuleCondition;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.settings.Quotas;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What does not fit into a quota is not asked for: what is live stays, the newcomer is told. */
final class QuotasTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
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
      """;

  private final Quotas defaults = Quotas.defaults();

  @Test
  void rulesThatAreLiveStayAndANewcomerOfLowerOrderIsTold() throws IOException {
    var before = world(ingress("b", "", "/", "/x"));
    var live = applied(before, defaults);
    var after = world(ingress("a", "", "/", "/y"), ingress("b", "", "/", "/x"));

    var plan = Plans.of(after, live, rules(3));

    assertEquals(List.of("b /", "b /x"), served(plan));
    assertEquals(
        List.of(
            "a QuotaExceeded a load balancer may have 3 rules: beside 2 that come first, 1 of the 2"
                + " new ones are too many"),
        told(plan));
    assertEquals(List.of("b"), claims(plan));
  }

  @Test
  void ofMembersThatAreNotLiveOrderDecidesAndASmallerOneMayStillFit() throws IOException {
    var world =
        world(
            ingress("a", "", "/", "/x"), ingress("b", "", "/", "/x", "/y"), ingress("c", "", "/"));

    var plan = Plans.of(world, world.cloud(), rules(3));

    assertEquals(List.of("a /", "a /x", "c /"), served(plan));
    assertEquals(1, told(plan).size());
  }

  @Test
  void aNewPathOfALiveMemberThatDoesNotFitLeavesItsOthersAlone() throws IOException {
    var live = applied(world(ingress("a", "", "/", "/x")), defaults);
    var after = world(ingress("a", "", "/", "/x", "/y"));

    var plan = Plans.of(after, live, rules(2));

    assertEquals(List.of("a /", "a /x"), served(plan));
    assertEquals(List.of("a"), claims(plan));
    assertEquals(1, told(plan).size());
  }

  @Test
  void aRuleThatTakesThePlaceOfAnotherFits() throws IOException {
    var live = applied(world(ingress("a", "", "/", "/x")), defaults);

    var plan = Plans.of(world(ingress("a", "", "/", "/y")), live, rules(2));

    assertEquals(List.of("a /", "a /y"), served(plan));
    assertEquals(List.of(), told(plan));
  }

  @Test
  void aRuleThatNobodyWantsHasItsRoomWhileItsRemovalIsHeld() throws IOException {
    var before = world(ingress("a", "", "/", "/x"), ingress("b", "", "/"));
    var built = Plans.of(before, before.cloud(), defaults);
    var live = new AppliedCloud(before.cloud(), built);
    built.resources().stream()
        .filter(d -> d.spec() instanceof ListenerRuleSpec)
        .filter(d -> d.wantedBy().getFirst().name().equals("b"))
        .forEach(d -> live.hold(d.key()));
    var after = world(ingress("a", "", "/", "/x"), ingress("c", "", "/"));

    assertEquals(List.of("a /", "a /x"), served(Plans.of(after, live, rules(3))));
    assertEquals(List.of("a /", "a /x", "c /"), served(Plans.of(after, live, rules(4))));
  }

  @Test
  void moreThanTheQuotaThatIsLiveIsWhatAwsGranted() throws IOException {
    var world = world(ingress("a", "", "/", "/x", "/y"));

    var plan = Plans.of(world, applied(world, defaults), rules(1));

    assertEquals(3, served(plan).size());
    assertEquals(List.of(), told(plan));
  }

  @Test
  void whileItIsUnknownWhatIsLiveNobodyIsRefused() throws IOException {
    var world = world(ingress("a", "", "/", "/x"));

    var plan = Plans.of(world, AppliedCloud.unknown(world.cloud()), rules(1));

    assertTrue(plan.blockedOn().orElse("").contains("rules"), plan.toString());
    assertEquals(List.of(), told(plan));
  }

  @Test
  void aMemberWhoseTargetGroupDoesNotFitIsTold() throws IOException {
    var live = applied(world(ingress("b", "", "/")), defaults);
    var after = world(ingress("a", "", "/"), ingress("b", "", "/"));

    var plan = Plans.of(after, live, new Quotas(100, 25, 1, 1000, 60));

    assertEquals(List.of("b /"), served(plan));
    assertEquals(1, count(plan, TargetGroupSpec.class));
    assertEquals(
        List.of(
            "a QuotaExceeded a load balancer may have 1 target groups: beside 1 that come first, 1"
                + " of the 1 new ones are too many"),
        told(plan));
  }

  @Test
  void certificatesInForceStayAndTheNewOneThatDoesNotFitIsNamed() throws IOException {
    var live = applied(world(ingress("b", tls("arn:1,arn:2"), "/")), defaults);
    var after = world(ingress("a", tls("arn:3"), "/"), ingress("b", tls("arn:1,arn:2"), "/"));

    var plan = Plans.of(after, live, new Quotas(100, 1, 100, 1000, 60));

    assertEquals(List.of("arn:1", "arn:2"), certificates(plan));
    assertEquals(
        List.of(
            "a QuotaExceeded a load balancer may have 1 certificates beside its listeners'"
                + " defaults, and 2 are wanted: port 443 goes without [arn:3]"),
        told(plan));
    assertEquals(List.of("a /", "b /"), served(plan));
  }

  @Test
  void whoMayConnectStaysAndTheNewBlocksThatDoNotFitAreTold() throws IOException {
    var live = applied(world(ingress("a", open("10.0.0.0/8,192.168.0.0/16"), "/")), defaults);
    var after =
        world(ingress("a", open("172.16.0.0/12,10.0.0.0/8,192.168.0.0/16,100.64.0.0/10"), "/"));

    var plan = Plans.of(after, live, new Quotas(100, 25, 100, 1000, 3));

    assertEquals(List.of("172.16.0.0/12", "10.0.0.0/8", "192.168.0.0/16"), blocks(plan));
    assertEquals(
        List.of(
            "a QuotaExceeded a security group may have 3 rules, and 4 are wanted: port 80 goes"
                + " without 1 of its own"),
        told(plan));
  }

  private static Quotas rules(int most) {
    return new Quotas(most, 25, 100, 1000, 60);
  }

  private static CloudView applied(CaseWorld world, Quotas quotas) {
    return new AppliedCloud(world.cloud(), Plans.of(world, world.cloud(), quotas));
  }

  private static List<String> served(StackPlan plan) {
    return plan.resources().stream()
        .filter(d -> d.spec() instanceof ListenerRuleSpec)
        .map(d ->
            d.wantedBy().getFirst().name() + " " + path(((ListenerRuleSpec) d.spec()).conditions()))
        .sorted()
        .toList();
  }

  private static String path(List<RuleCondition> conditions) {
    return conditions.stream()
        .flatMap(c ->
            c instanceof RuleCondition.PathPattern(var values, _)
                ? values.stream()
                : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> certificates(StackPlan plan) {
    return Plans.specs(plan, ListenerSpec.class).stream()
        .flatMap(spec -> spec.certificates().stream().map(Order::id))
        .toList();
  }

  private static List<String> blocks(StackPlan plan) {
    return Plans.specs(plan, SecurityGroupSpec.class).stream()
        .flatMap(spec -> spec.ingress().stream())
        .map(p -> p.source() instanceof Permission.Cidr(var block) ? block : p.source().toString())
        .toList();
  }

  private static long count(StackPlan plan, Class<?> spec) {
    return plan.resources().stream().filter(d -> spec.isInstance(d.spec())).count();
  }

  private static List<String> claims(StackPlan plan) {
    return plan.claims().stream().map(claim -> claim.member().name()).toList();
  }

  private static List<String> told(StackPlan plan) {
    return plan.problems().stream()
        .map(p -> p.member().name() + " " + p.problem().reason() + " " + p.problem().message())
        .toList();
  }

  private static CaseWorld world(String... ingresses) throws IOException {
    return new CaseWorld(YAML.readTree(HEAD + String.join("", ingresses)));
  }

  private static String tls(String certificates) {
    return ", alb.ingress.kubernetes.io/certificate-arn: \"" + certificates + "\"";
  }

  private static String open(String blocks) {
    return ", alb.ingress.kubernetes.io/inbound-cidrs: \"" + blocks + "\"";
  }

  private static String ingress(String name, String annotations, String... paths) {
    var rules = new StringBuilder();
    for (String path : paths) {
      rules.append(
          "            - {path: %s, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}\n"
              .formatted(path));
    }
    return """
      - kind: Ingress
        metadata: {name: %1$s, namespace: apps, annotations: {alb.ingress.kubernetes.io/group.name: g%2$s}}
        spec:
          ingressClassName: alb
          rules:
            - host: %1$s.example.com
              http:
                paths:
    """
            .formatted(name, annotations)
        + rules;
  }
}
