package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.aws.AwsFaults.Effect;
import dev.penstock.sandbox.aws.RequestLog.Entry;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.simulation.machines.MachineCloud;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.event.Call;
import dev.penstock.schemas.settings.Quotas;
import dev.penstock.schemas.settings.ScopeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/**
 * Faults of AWS on each kind of call: the end is that of an undisturbed run, with one of each
 * resource; the audit trail tells every write; then there is silence.
 */
class FaultTest {
  /** For so long the fault lasts at most. */
  private static final Duration FAULT = Duration.ofMinutes(4);

  /** For so long after it what was refused is tried again. */
  private static final Duration RECOVERY = Duration.ofMinutes(12);

  private static final Duration SILENCE = Duration.ofMinutes(35);

  private static final String EDITED =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/tags: team=edge
          alb.ingress.kubernetes.io/healthcheck-path: /ready
          alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=120
      spec:
        rules:
          - host: nginx.example.com
            http:
              paths:
                - path: /exact
                  pathType: Exact
                  backend: {service: {name: nginx-service, port: {number: 80}}}
                - path: /
                  pathType: Prefix
                  backend: {service: {name: nginx-service, port: {number: 80}}}
      """;

  private static final String PATHS =
      "spec: {rules: [{host: nginx.example.com, http: {paths: [%s]}}]}";

  private static final String PATH =
      "{path: /%d, pathType: Exact, backend: {service: {name: nginx-service, port: {number: 80}}}}";

  private static final List<String> MADE =
      List.of(
          "CreateSecurityGroup",
          "AuthorizeSecurityGroupIngress",
          "CreateTargetGroup",
          "CreateLoadBalancer",
          "CreateListener",
          "CreateRule",
          "RegisterTargets",
          "ChangeResourceRecordSets",
          "DescribeTags",
          "DescribeLoadBalancers",
          "DescribeTargetHealth",
          "GetChange");

  private static final List<String> EDITING =
      List.of(
          "AddTags",
          "CreateTags",
          "ModifyTargetGroup",
          "ModifyLoadBalancerAttributes",
          "SetRulePriorities",
          "CreateRule",
          "DeregisterTargets");

  private static final List<String> UNMADE =
      List.of(
          "ChangeResourceRecordSets",
          "DeleteLoadBalancer",
          "RevokeSecurityGroupIngress",
          "DeleteTargetGroup",
          "DeleteSecurityGroup");

  private static final List<String> SWEPT = List.of("DescribeSecurityGroups");

  /** What goes wrong with the calls of one operation, and how often. */
  private record Fault(String name, Effect effect, int times) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("throttled thrice", new Effect.Throttle(), 3),
          new Fault("failed twice", new Effect.Fail("InternalFailure", 500), 2),
          new Fault("denied, and allowed again", new Effect.Deny(), -1),
          new Fault("answered to nobody", new Effect.LoseAnswer(), 1),
          new Fault("delivered twice", new Effect.DeliverTwice(), -1),
          new Fault("answered late", new Effect.Delay(Duration.ofSeconds(3)), -1),
          new Fault("answered too late", new Effect.Delay(Duration.ofSeconds(15)), 1),
          new Fault("judged by the past", new Effect.Stale(Duration.ofSeconds(3)), -1));

  /** A change that a person makes, and the calls that follow from it. */
  private record Change(String name, List<String> calls, Deed deed) {}

  private interface Deed {
    void on(Stage stage) throws Exception;
  }

  /** A call that is hit by a fault while a change is made. */
  private record Hit(Change change, String call) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("made", MADE, s -> s.kubectl.apply(Stage.example("nginx-complete.yaml"))),
          new Change("edited", EDITING, FaultTest::edit),
          new Change(
              "deleted", UNMADE, s -> s.kubectl.delete(Kinds.INGRESS, "default", "nginx-ingress")),
          new Change("swept", SWEPT, s -> s.pass(Duration.ofMinutes(31))));

  /**
   * Calls are the rows of a table, faults its columns, and so far apart are the diagonals that are
   * played: each call meets a third of the faults, each fault a third of the calls.
   */
  private static final int STRIDE = Boolean.getBoolean("faults.all") ? 1 : 3;

  private static final Map<String, SortedMap<String, String>> UNDISTURBED = new TreeMap<>();

  @BeforeAll
  static void playUndisturbed() throws Exception {
    var stage = begin();
    for (var change : CHANGES) {
      change.deed().on(stage);
      stage.pass(FAULT.plus(RECOVERY));
      UNDISTURBED.put(change.name(), EndState.of(stage));
    }
  }

  @TestFactory
  Stream<DynamicTest> faultsOfEveryCall() {
    var calls =
        CHANGES.stream()
            .flatMap(change -> change.calls().stream().map(call -> new Hit(change, call)))
            .toList();
    return IntStream.range(0, calls.size())
        .boxed()
        .flatMap(call ->
            IntStream.range(0, FAULTS.size())
                .filter(fault -> (call + fault) % STRIDE == 0)
                .mapToObj(fault -> story(calls.get(call), FAULTS.get(fault))));
  }

  private static DynamicTest story(Hit hit, Fault fault) {
    var name = "%s: %s %s".formatted(hit.change().name(), hit.call(), fault.name());
    return dynamicTest(name, () -> play(hit.change(), hit.call(), fault));
  }

  private static void play(Change change, String call, Fault fault) throws Exception {
    var stage = begin();
    for (var earlier : CHANGES.subList(0, CHANGES.indexOf(change))) {
      earlier.deed().on(stage);
      stage.pass(FAULT);
    }
    var faults = stage.pipeline.aws().faults();
    faults.add(new AwsFaults.Rule(call, "", fault.effect(), fault.times(), 1));
    var mark = stage.mark();

    change.deed().on(stage);
    stage.pass(FAULT);

    assertTrue(stage.counts(mark).containsKey(call), "it was never called");
    assertEquals(List.of(), faults.rules().stream().filter(r -> r.times() > 0).toList(), "unused");
    faults.clear();
    stage.pass(RECOVERY);
    EndState.requireSame(UNDISTURBED.get(change.name()), EndState.of(stage));
    assertTrue(stage.idle(), stage::picture);
    everyWriteIsTold(stage);
    var quiet = stage.mark();
    stage.pass(SILENCE);
    assertEquals(Map.of(), stage.writes(quiet));
  }

  /** The settings promise more than AWS grants: only its answer tells. */
  private static final Quotas PROMISED = new Quotas(1000, 1000, 1000, 1000, 1000);

  /** A quota by AWS's word for it, what reaches it, and what makes room again. */
  private record Limit(String code, Deed reach, Deed room) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit(
              "TooManyLoadBalancers",
              s -> {
                theirs(s, 50);
                s.kubectl.apply(Stage.example("nginx-complete.yaml"));
              },
              FaultTest::withoutTheirs),
          new Limit(
              "RulesPerSecurityGroupLimitExceeded",
              s -> {
                s.kubectl.apply(Stage.example("nginx-complete.yaml"));
                s.pass(FAULT);
                letIn(s, "'" + numbered(61, "10.%d.0.0/16", ",") + "'");
              },
              s -> letIn(s, "null")),
          new Limit(
              "TooManyListeners",
              s -> {
                s.kubectl.apply(Stage.example("nginx-complete.yaml"));
                s.pass(FAULT);
                listenOn(s, 49);
              },
              s -> s.kubectl.apply(Stage.example("nginx-complete.yaml"))),
          new Limit(
              "TooManyRules",
              s -> {
                s.kubectl.apply(Stage.example("nginx-complete.yaml"));
                s.pass(FAULT);
                patch(s, PATHS.formatted(numbered(104, PATH, ",")));
              },
              s -> s.kubectl.apply(Stage.example("nginx-complete.yaml"))));

  @TestFactory
  Stream<DynamicTest> aReachedQuotaIsToldAndIsMadeUpForOnceThereIsRoom() {
    return LIMITS.stream().map(limit -> dynamicTest(limit.code(), () -> play(limit)));
  }

  private static void play(Limit limit) throws Exception {
    var stage = new Stage(ScopeSettings.defaults().withQuotas(PROMISED));
    stage.pass(Duration.ofSeconds(30));
    stage.pipeline.aws().setThrottling(false);
    limit.reach().on(stage);
    stage.pass(Duration.ofMinutes(16));

    var told = Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "FailedDeployModel");
    assertTrue(told.stream().anyMatch(words -> words.contains(limit.code())), told.toString());
    var refused = stage.calls(0).stream().filter(call -> call.code().equals(limit.code())).toList();
    var requests = refused.stream().map(Entry::request).distinct().count();
    assertTrue(refused.size() <= 4 * requests, "hammers: " + stage.counts(0));
    assertEquals(3, stage.healthy().size() + stage.inState("unused").size(), "targets go on");

    limit.room().on(stage);
    stage.pass(RECOVERY);
    EndState.requireSame(UNDISTURBED.get("made"), EndState.of(stage));
    everyWriteIsTold(stage);
    var quiet = stage.mark();
    stage.pass(SILENCE);
    assertEquals(Map.of(), stage.writes(quiet));
  }

  @Test
  void inAFullListenerARuleGivesItsPlaceToAnother() throws Exception {
    var stage = begin();
    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.pass(FAULT);
    patch(stage, PATHS.formatted(numbered(99, PATH, ",")));
    stage.pass(FAULT);
    patch(stage, PATHS.formatted(numbered(100, PATH, ",")));
    stage.pass(FAULT);
    assertEquals(100 + 1, stage.rules(443).size(), "and the default one");

    patch(stage, PATHS.formatted(numbered(99, PATH, ",") + "," + PATH.formatted(200)));
    stage.pass(Duration.ofMinutes(1));

    assertTrue(stage.rules(443).toString().contains("/200"), stage::picture);
    assertEquals(100 + 1, stage.rules(443).size());
    assertTrue(stage.idle(), stage::picture);
  }

  @Test
  void inAFullLoadBalancerAListenerGivesItsPlaceToAnother() throws Exception {
    var stage = begin();
    stage.kubectl.apply(Stage.example("nginx-complete.yaml"));
    stage.pass(FAULT);
    listenOn(stage, 48);
    stage.pass(FAULT);
    assertTrue(ports(stage).size() == 50 && ports(stage).contains(8048), stage::picture);

    listenOn(stage, 47, 9000);
    stage.pass(Duration.ofMinutes(1));

    assertEquals(50, ports(stage).size());
    assertTrue(ports(stage).contains(9000), stage::picture);
    assertTrue(stage.idle(), stage::picture);
  }

  private static Set<Integer> ports(Stage stage) {
    var arn = stage.loadBalancers().getFirst().loadBalancerArn();
    return stage.elb.describeListeners(r -> r.loadBalancerArn(arn)).listeners().stream()
        .map(Listener::port)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** On so many ports from 8001 on, and these, beside those of the example. */
  private static void listenOn(Stage stage, int count, int... others) {
    var ports =
        IntStream.concat(IntStream.rangeClosed(8001, 8000 + count), IntStream.of(others))
            .mapToObj("{\"HTTP\": %d}"::formatted)
            .collect(Collectors.joining(", "));
    patch(
        stage,
        "metadata: {annotations: {alb.ingress.kubernetes.io/listen-ports: '%s'}}"
            .formatted("[{\"HTTP\": 80}, {\"HTTPS\": 443}, " + ports + "]"));
  }

  private static void theirs(Stage stage, int count) {
    for (var i = 0; i < count; i++) {
      var name = "theirs-" + i;
      stage.elb.createLoadBalancer(r -> r.name(name).subnets("subnet-public-a", "subnet-public-b"));
    }
  }

  private static void withoutTheirs(Stage stage) {
    for (var balancer : stage.loadBalancers()) {
      stage.elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer.loadBalancerArn()));
    }
  }

  private static void letIn(Stage stage, String cidrs) {
    patch(
        stage,
        "metadata: {annotations: {alb.ingress.kubernetes.io/inbound-cidrs: %s}}".formatted(cidrs));
  }

  private static void patch(Stage stage, String patch) {
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", patch);
  }

  private static String numbered(int count, String form, String between) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(form::formatted)
        .collect(Collectors.joining(between));
  }

  private static Stage begin() throws Exception {
    var stage = new Stage();
    stage.pass(Duration.ofSeconds(30));
    return stage;
  }

  /** Before it was tried, and afterwards with its answer, or that there was none (I8). */
  private static void everyWriteIsTold(Stage stage) {
    var tried = new TreeSet<String>();
    var told = new TreeSet<String>();
    var unanswered = 0;
    for (var record : stage.pipeline.audit()) {
      if (record.entry() instanceof AuditEntry.Tried it) {
        tried.add(it.commandId());
      } else if (record.entry() instanceof AuditEntry.Settled it) {
        var writes = it.calls().stream().filter(Call::write).toList();
        assertTrue(tried.remove(it.commandId()) || writes.isEmpty(), "not announced: " + it);
        writes.forEach(call -> told.add(call.requestId()));
        unanswered += (int) writes.stream().filter(call -> call.requestId().isEmpty()).count();
      }
    }
    told.remove("");
    var arrived = stage.calls(0).stream().filter(call -> !call.operation().reads()).toList();
    var answered =
        arrived.stream()
            .filter(call -> call.answeredWithin(MachineCloud.CALL_TIMEOUT))
            .map(Entry::requestId)
            .toList();
    assertEquals(Set.of(), tried, "tried, and never settled");
    assertEquals(new TreeSet<>(answered), told);
    assertEquals(arrived.size() - answered.size(), unanswered);
  }

  private static void edit(Stage stage) {
    patch(stage, EDITED);
    stage.kubectl.scale("default", "nginx-app", 2);
  }
}
