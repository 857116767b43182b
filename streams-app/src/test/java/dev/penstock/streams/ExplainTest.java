package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.TargetHealth;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.EndpointSlice;
import dev.penstock.schemas.kubernetes.IngressClass;
import dev.penstock.schemas.kubernetes.Pod;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.DesiredRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.query.Explain;
import dev.penstock.streams.query.Explanation;
import dev.penstock.streams.query.Explanation.Link;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What explain says of what serves, and of each way in which it may not. */
final class ExplainTest {
  private static final Path GOLDEN = Path.of("src/test/resources/explain.txt");
  private static final String HOST = "web.example.com";
  private static final String RULES = Facts.REGION + "|c1|shared||SecurityGroupRules|sg-nodes";

  private static Explanation explain(Serving serving, String subject) {
    return Explain.of(serving.world.tables, subject);
  }

  private static String text(Explanation explanation) {
    var links = explanation.links().stream().map(ExplainTest::text).collect(Collectors.joining());
    var problems =
        String.join("", explanation.problems().stream().map(p -> "! " + p + "\n").toList());
    return "# %s, %s%n%s%s%n"
        .formatted(
            explanation.subject(), explanation.clear() ? "clear" : "not clear", links, problems);
  }

  private static String text(Link link) {
    var indent = "  ".repeat(link.depth());
    return Stream.concat(
            Stream.of(
                link.what() + " " + link.name(),
                "  desired " + link.desired(),
                "  observed " + link.observed()),
            link.obstacles().stream().map(o -> "  ! " + o))
        .map(line -> (indent + line).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  /** Every sentence about what stands in the way. */
  private static List<String> sentences(Explanation explanation) {
    return Stream.concat(
            explanation.links().stream().flatMap(link -> link.obstacles().stream()),
            explanation.problems().stream())
        .toList();
  }

  private static void says(String words, Explanation explanation) {
    assertFalse(explanation.clear());
    assertTrue(
        sentences(explanation).stream().anyMatch(sentence -> sentence.contains(words)),
        () -> words + " is not said: " + sentences(explanation));
  }

  @Test
  void eachKindOfSubjectIsToldFromTheNameToThePods() throws IOException {
    var serving = Serving.web();
    var told =
        Stream.of(
                HOST,
                "ingress/default/web",
                "k8s-default-web-de16a5c259",
                "pod/default/web-1",
                "x.y")
            .map(subject -> text(explain(serving, subject)))
            .collect(Collectors.joining());
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, told);
    }
    assertEquals(Files.readString(GOLDEN), told, "run with -Dgolden=write and review the diff");
  }

  @Test
  void subnetsWithoutTheirTagsAreNamed() {
    var serving = new Serving();
    serving.world.answers().network = untagged(Facts.network());
    list(serving);
    says("kubernetes.io/role/elb", explain(serving, HOST));
  }

  private static void list(Serving serving) {
    serving.world.begin(ClusterMode.MANAGE);
    serving.world.list(Serving.WATCH, Facts.cluster(Facts.ingress("web", HOST, Map.of())));
    serving.world.live(20_000, 500);
  }

  /** Nothing tells which subnets are public: neither tags nor a route to the Internet. */
  private static Network untagged(Network network) {
    var subnets =
        network.subnets().stream()
            .map(s ->
                new Network.Subnet(
                    s.id(),
                    s.zone(),
                    s.cidr(),
                    s.ipv6Cidrs(),
                    s.freeAddresses(),
                    s.outpostArn(),
                    Map.of()))
            .toList();
    return new Network(
        network.vpcId(),
        network.cidrs(),
        network.ipv6Cidrs(),
        network.zones(),
        subnets,
        List.of(new Network.RouteTable("rtb-1", true, List.of(), false)),
        network.securityGroups());
  }

  @Test
  void aClassThatDoesNotExistIsNamed() {
    var objects =
        Facts.cluster(Facts.ingress("web", HOST, Map.of())).stream()
            .filter(object -> !(object instanceof IngressClass))
            .toList();
    var serving = Serving.of(objects);
    says("IngressClass \"alb\" does not exist", explain(serving, HOST));
    says("IngressClass \"alb\" does not exist", explain(serving, "ingress/default/web"));
  }

  @Test
  void aMissingPermissionIsNamedAsTheActionToGrant() {
    var serving = new Serving();
    serving.world.begin(ClusterMode.MANAGE);
    serving.world.list(Serving.WATCH, Facts.cluster(Facts.ingress("web", HOST, Map.of())));
    for (int i = 0; i < 3; i++) {
      serving.world.pass(1_000);
      serving.world.append(Facts.REGION, new ScopeFact.Tick(serving.world.now()));
      serving.world.settle(c -> !makesBalancer(c.operation()));
    }
    var create =
        serving.world.open.values().stream()
            .filter(c -> makesBalancer(c.operation()))
            .findFirst()
            .orElseThrow();
    var words =
        "User: arn:aws:sts::1:assumed-role/r is not authorized to perform:"
            + " elasticloadbalancing:CreateLoadBalancer on resource: *";
    serving.came(create, new Result.Rejected(Fault.DENIED, "AccessDenied", words));
    says(
        "grant elasticloadbalancing:CreateLoadBalancer to the role of `penstock apply`",
        explain(serving, HOST));
  }

  private static boolean makesBalancer(Operation operation) {
    return operation instanceof Operation.Create(var spec) && spec instanceof LoadBalancerSpec;
  }

  @Test
  void aFailingHealthCheckIsToldWithWhatItWants() {
    says("the pod answers 404 (HTTP /, wants 200)", sick("Target.ResponseCodeMismatch", "404"));
    says(
        "the pod refuses the connection (HTTP /, wants 200)",
        sick("Target.FailedHealthChecks", ""));
    says("no listener rule uses the target group yet", sick("Target.NotInUse", ""));
    says("the first health checks run", sick("Elb.InitialHealthChecking", ""));
    says("unhealthy: Other words", sick("Other", "words"));
  }

  private static Explanation sick(String reason, String description) {
    var serving = Serving.web();
    sicken(serving, reason, description);
    return explain(serving, HOST);
  }

  private static void sicken(Serving serving, String reason, String description) {
    var tables = serving.world.tables;
    for (var entry : tables.scan(Table.TARGETS, "")) {
      var row = entry.row();
      var health = new TargetHealth(row.target(), "unhealthy", reason, description);
      var registered = new TargetRow.Registered(health, 1, Instant.EPOCH, 0);
      tables.put(
          Table.TARGETS,
          entry.key(),
          new TargetRow(row.target(), row.endpoint(), Optional.of(registered)));
    }
  }

  @Test
  void aTimeoutIsToldWithTheSecurityGroupRuleThatIsMissing() {
    var serving = Serving.web();
    sicken(serving, "Target.Timeout", "");
    says("the health check times out", explain(serving, HOST));
    assertTrue(
        sentences(explain(serving, HOST)).stream().noneMatch(s -> s.contains("sg-nodes")),
        "our rule is there: it is not to blame");
    serving.world.tables.put(
        Table.VERDICTS,
        RULES,
        new VerdictRow(
            VerdictKind.REJECTED,
            "RulesPerSecurityGroupLimitExceeded",
            1,
            Instant.EPOCH,
            1,
            Optional.empty(),
            Optional.of("RulesPerSecurityGroupLimitExceeded")));
    says(
        "security group sg-nodes does not let the load balancer in on tcp 8080:"
            + " Rejected: RulesPerSecurityGroupLimitExceeded",
        explain(serving, HOST));
  }

  @Test
  void aPodThatIsNotReadyIsShownWithItsReason() {
    var serving = Serving.web();
    serving.upsert(unready(Facts.pod(3)));
    serving.upsert(unready(Facts.slice(1, 2, 3)));
    serving.world.live(10_000, 500);
    var whole = explain(serving, HOST);
    says("the pod is not ready: ContainersNotReady nginx waits for its probe", whole);
    assertEquals(
        List.of("default/web-1", "default/web-2", "default/web-3"),
        whole.links().stream()
            .filter(link -> link.what().equals("pod"))
            .map(Link::name)
            .sorted()
            .toList());
    says("ContainersNotReady", explain(serving, "pod/default/web-3"));
  }

  private static Pod unready(Pod pod) {
    var reason = new Condition("Ready", "False", "ContainersNotReady", "nginx waits for its probe");
    return new Pod(
        pod.metadata(),
        pod.nodeName(),
        pod.ips(),
        pod.hostIp(),
        pod.phase(),
        List.of(reason),
        pod.readinessGates(),
        pod.ports());
  }

  /** The last endpoint is not ready. */
  private static EndpointSlice unready(EndpointSlice slice) {
    var last = slice.endpoints().getLast();
    var changed =
        new EndpointSlice.Endpoint(
            last.addresses(),
            Optional.of(false),
            Optional.of(false),
            last.terminating(),
            last.pod(),
            last.nodeName(),
            last.zone());
    var endpoints =
        Stream.concat(
                slice.endpoints().stream().limit(slice.endpoints().size() - 1), Stream.of(changed))
            .toList();
    return new EndpointSlice(
        slice.metadata(), slice.serviceName(), slice.addressType(), slice.ports(), endpoints);
  }

  @Test
  void aServiceWithoutPodsAndAPodWithoutServiceAreTold() {
    var empty = Serving.web();
    empty.upsert(Facts.slice());
    empty.removed(Facts.pod(1), true);
    empty.removed(Facts.pod(2), true);
    empty.world.live(10_000, 500);
    says("the Service has no endpoint", explain(empty, HOST));
    var stray = Serving.web();
    stray.upsert(Facts.pod(9));
    says("no Service of an Ingress selects pod default/web-9", explain(stray, "pod/default/web-9"));
    says("no cluster has a pod default/none", explain(stray, "pod/default/none"));
  }

  @Test
  void whatStandsBehindALoadBalancerInFrontIsNamed() {
    var annotations =
        Map.of(
            "alb.ingress.kubernetes.io/enable-frontend-nlb", "true",
            "alb.ingress.kubernetes.io/frontend-nlb-scheme", "internet-facing");
    var serving = Serving.of(Facts.cluster(Facts.ingress("web", HOST, annotations)));
    serving.world.live(60_000, 500);
    var explanation = explain(serving, HOST);
    assertTrue(
        explanation.links().stream()
            .anyMatch(l -> l.name().equals("LoadBalancer:80") && l.observed().equals("unhealthy")),
        () -> text(explanation));
    says("connections reach it all the same", explanation);
  }

  @Test
  void whatNobodyWantsAnyMoreIsNotDesired() {
    var serving = Serving.web();
    var tables = serving.world.tables;
    var listener = Facts.REGION + "|c1|ingress|default/web|Listener|80";
    var row = tables.get(Table.DESIRED, listener).orElseThrow();
    tables.put(
        Table.DESIRED,
        listener,
        new DesiredRow(
            row.spec(), row.wantedBy(), Optional.of(Instant.EPOCH), row.cause(), row.seq()));
    var shown =
        explain(serving, HOST).links().stream()
            .filter(link -> link.what().equals("listener"))
            .toList();
    assertEquals(List.of("nothing"), shown.stream().map(Link::desired).toList());
    assertEquals(
        List.of("HTTP:80, default answer 404"), shown.stream().map(Link::observed).toList());
  }

  @Test
  void aRecordIsObservedAsItsZoneHasIt() {
    var serving = Serving.web();
    var name = Facts.DNS + "||name|Z1/web.example.com.|RecordName|Z1/web.example.com.";
    var observed = serving.world.tables.get(Table.OBSERVED, name).orElseThrow();
    serving.world.tables.put(
        Table.OBSERVED,
        name,
        new ObservedRow(
            new ObservedRow.Missing(),
            observed.position(),
            observed.at(),
            observed.seq(),
            observed.lastWritten()));
    var record =
        explain(serving, HOST).links().stream()
            .filter(link -> link.what().equals("record"))
            .toList();
    assertEquals(List.of("missing"), record.stream().map(Link::observed).toList());
  }

  @Test
  void aClusterInShadowSaysSo() {
    var serving = Serving.web();
    serving.world.append(
        Facts.REGION, new PersonFact.ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.SHADOW));
    says("`penstock cluster manage c1`", explain(serving, HOST));
  }
}
