package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.aws.AwsFaults;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.simulation.check.Checks;
import dev.penstock.sandbox.simulation.check.Invariant;
import dev.penstock.sandbox.simulation.check.Violation;
import dev.penstock.sandbox.simulation.check.Wanted;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Each invariant speaks up when it is broken by hand, under our own name. */
final class ChecksTest {
  private final Stage stage = Stage.withNginx();
  private final ElasticLoadBalancingV2Client ours =
      stage
          .pipeline
          .aws()
          .client(
              ElasticLoadBalancingV2Client.class,
              Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "no-command")
                  .as(Sight.PRINCIPAL));

  ChecksTest() throws Exception {
    stage.pass(Duration.ofMinutes(1));
    StageEnd.leave(stage);
  }

  /** Our calls of this test were not announced, which is a violation by itself. */
  private Set<Invariant> broken() {
    stage.checks.after();
    return stage.checks.violations().stream()
        .map(Violation::invariant)
        .filter(invariant -> invariant != Invariant.I8)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Invariant.class)));
  }

  private String group() {
    return stage.targetGroups().getFirst().targetGroupArn();
  }

  private List<TargetDescription> targets() {
    return stage.targets(group()).stream()
        .map(t -> TargetDescription.builder().id(t.target().id()).port(80).build())
        .toList();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void aTagOnTheLoadBalancerOfAnotherClusterBreaksTheFirst() {
    var theirs =
        stage
            .elb
            .createLoadBalancer(r ->
                r.name("k8s-default-nginxing-0000000000")
                    .subnets("subnet-public-a", "subnet-public-b")
                    .tags(
                        tag("elbv2.k8s.aws/cluster", "production"),
                        tag("ingress.k8s.aws/stack", "default/nginx-ingress"),
                        tag("ingress.k8s.aws/resource", "LoadBalancer")))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    assertEquals(Set.of(), broken());

    ours.addTags(r -> r.resourceArns(theirs).tags(tag("team", "edge")));

    assertEquals(Set.of(Invariant.I1), broken());
  }

  @Test
  void aRuleOfSomebodyElseOnOurListenerThatIsDeletedBreaksTheFirst() {
    var listener = stage.rules(443).getFirst();
    var arn = stage.listeners().stream().filter(l -> l.port() == 443).findFirst().orElseThrow();
    var theirs =
        stage
            .elb
            .createRule(r ->
                r.listenerArn(arn.listenerArn())
                    .priority(700)
                    .conditions(listener.conditions())
                    .actions(listener.actions()))
            .rules()
            .getFirst();

    ours.deleteRule(r -> r.ruleArn(theirs.ruleArn()));

    assertEquals(Set.of(Invariant.I1), broken());
  }

  @Test
  void aTargetThatIsTakenWhileAnotherClusterAnswersBreaksTheSecond() throws Exception {
    stage.pipeline.cluster(Stage.CLUSTER).swap();
    stage.pass(Duration.ofMinutes(1));
    assertEquals(Set.of(), broken());

    ours.deregisterTargets(r -> r.targetGroupArn(group()).targets(targets().getFirst()));

    assertEquals(Set.of(Invariant.I2), broken());
  }

  @Test
  void anAuditTrailThatTheLogDoesNotGiveBreaksTheThird() {
    assertBreaksTheThird(audit -> {
      var middle = audit.size() / 2;
      var r = audit.get(middle);
      audit.set(
          middle,
          new AuditRecord(
              r.scope(),
              r.seq() + 1,
              r.ordinal(),
              r.time(),
              r.entry(),
              r.previousHash(),
              r.hash()));
    });
  }

  @Test
  void anAuditTrailThatLacksWhatTheLogGivesBreaksTheThird() {
    assertBreaksTheThird(audit -> audit.removeLast());
    assertBreaksTheThird(audit -> audit.removeIf(record -> record.scope().isGlobal()));
  }

  @Test
  void whatIsNotYetDecidedIsNotMissing() {
    var last = stage.pipeline.audit(0).getLast();
    var tampered = new Tampered(stage.pipeline, audit -> audit.removeLast());
    tampered.decided.put(last.scope(), last.seq() - 1);
    var other = Checks.of(tampered);
    other.atRest();
    assertEquals(
        List.of(), other.violations().stream().filter(v -> v.invariant() == Invariant.I3).toList());
  }

  private void assertBreaksTheThird(Consumer<List<AuditRecord>> tamper) {
    var other = Checks.of(new Tampered(stage.pipeline, tamper));
    other.atRest();
    assertTrue(
        other.violations().stream().anyMatch(v -> v.invariant() == Invariant.I3),
        other.violations().toString());
  }

  @Test
  void aSecondTargetGroupWithTheSameMarksBreaksTheFourth() {
    var first = stage.targetGroups().getFirst();
    var tags =
        stage.elb.describeTags(r -> r.resourceArns(group())).tagDescriptions().getFirst().tags();

    ours.createTargetGroup(r ->
        r.name("k8s-default-twin")
            .protocol(ProtocolEnum.HTTP)
            .port(first.port())
            .vpcId(SandboxWorld.VPC)
            .targetType(TargetTypeEnum.IP)
            .tags(tags));

    assertEquals(Set.of(Invariant.I4), broken());
  }

  @Test
  void aTwinThatDiffersInWhatCannotBeEditedIsAReplacement() {
    var first = stage.targetGroups().getFirst();
    var tags =
        stage.elb.describeTags(r -> r.resourceArns(group())).tagDescriptions().getFirst().tags();

    ours.createTargetGroup(r ->
        r.name("k8s-default-next")
            .protocol(ProtocolEnum.HTTPS)
            .port(first.port())
            .vpcId(SandboxWorld.VPC)
            .targetType(TargetTypeEnum.IP)
            .tags(tags));

    assertEquals(Set.of(), broken());
  }

  @Test
  void aWriteAndTooManyReadsInAQuietWorldBreakTheFifth() throws Exception {
    stage.pass(Duration.ofMinutes(40));
    stage.checks.quiet(true);
    stage.pass(Duration.ofMinutes(10));
    assertEquals(Set.of(), broken());
    stage.pipeline.aws().setThrottling(false);
    for (int i = 0; i < 500; i++) {
      ours.describeTargetHealth(r -> r.targetGroupArn(group()));
    }
    assertEquals(Set.of(Invariant.I5), broken());
    ours.addTags(r -> r.resourceArns(group()).tags(tag("team", "edge")));
    assertEquals(
        2, stage.checks.violations().stream().filter(v -> v.invariant() == Invariant.I5).count());
  }

  @Test
  void theLastTargetsThatAreTakenBreakTheSixth() {
    ours.deregisterTargets(r -> r.targetGroupArn(group()).targets(targets().subList(0, 2)));
    assertEquals(Set.of(), broken());

    ours.deregisterTargets(r -> r.targetGroupArn(group()).targets(targets()));

    assertEquals(Set.of(Invariant.I6), broken());
  }

  @Test
  void aRuleThatIsTakenFromItsVisitorsBreaksTheSixth() {
    ours.deleteRule(r -> r.ruleArn(stage.rules(443).getFirst().ruleArn()));

    assertEquals(Set.of(Invariant.I6), broken());
  }

  @Test
  void aTargetWhosePodIsGoneAndThatStaysBreaksTheSixth() throws Exception {
    var pod = stage.kubectl.all(Kinds.POD, "default").getFirst();
    stage
        .pipeline
        .aws()
        .faults()
        .add(AwsFaults.Rule.always("DeregisterTargets", new AwsFaults.Effect.Deny()));
    stage.kubectl.delete(Kinds.POD, "default", Tree.name(pod));
    stage.pass(Duration.ofMinutes(30));
    assertEquals(Set.of(), broken(), "who may not deregister is excused");
  }

  @Test
  void aRuleThatIsTakenWhileAnotherMemberIsInErrorBreaksTheSeventh() throws Exception {
    for (var name : List.of("one", "two")) {
      stage.kubectl.apply(
          Stage.example("nginx-complete.yaml")
              .replace("nginx", name)
              .replace(
                  "    alb.ingress.kubernetes.io/scheme",
                  "    alb.ingress.kubernetes.io/group.name: both\n"
                      + "    alb.ingress.kubernetes.io/scheme"));
    }
    stage.until(
        "both serve",
        () ->
            !stage.address("default", "one-ingress").isEmpty()
                && !stage.address("default", "two-ingress").isEmpty()
                && stage.healthy().size() == 9
                && stage.idle());
    stage.kubectl.patch(
        Kinds.INGRESS,
        "default",
        "two-ingress",
        "metadata: {annotations: {alb.ingress.kubernetes.io/listen-ports: nonsense}}");
    stage.pass(Duration.ofMinutes(1));
    assertEquals(Set.of(), broken());

    ours.deleteRule(r -> r.ruleArn(rule("one.example.com").ruleArn()));

    assertEquals(Set.of(Invariant.I7), broken());
  }

  private Rule rule(String host) {
    return stage.listeners().stream()
        .flatMap(l -> stage.elb.describeRules(r -> r.listenerArn(l.listenerArn())).rules().stream())
        .filter(rule -> rule.conditions().toString().contains(host))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWriteThatNobodyAnnouncedBreaksTheEighth() {
    ours.addTags(r -> r.resourceArns(group()).tags(tag("team", "edge")));

    assertEquals(Set.of(), broken());
    assertEquals(
        List.of(Invariant.I8),
        stage.checks.violations().stream().map(Violation::invariant).toList());
  }

  @Test
  void aLogThatLosesItsEndBreaksTheNinth() {
    var tampered = new Tampered(stage.pipeline, _ -> {});
    var other = Checks.of(tampered);
    assertTrue(other.after().isEmpty());
    tampered.cut = 1;
    assertEquals(Invariant.I9, other.after().orElseThrow().invariant());
  }

  @Test
  void theOracleNamesWhatIsMissingAndWhatIsTooMuch() {
    assertEquals(List.of(), Wanted.differences(stage.pipeline));
    var lost = targets().getFirst();

    stage.elb.deregisterTargets(r -> r.targetGroupArn(group()).targets(lost));
    stage.elb.registerTargets(r ->
        r.targetGroupArn(group())
            .targets(TargetDescription.builder().id("10.0.64.99").port(80).build()));

    var differences = Wanted.differences(stage.pipeline);
    assertTrue(
        differences.getFirst().contains("missing: [" + lost.id() + ":80]"), differences.toString());
    assertTrue(
        differences.getFirst().contains("too many: [10.0.64.99:80]"), differences.toString());
  }

  /** The run with another audit trail, or with the end of its log cut off. */
  private static final class Tampered implements Sight {
    private final Pipeline run;
    private final Consumer<List<AuditRecord>> tamper;
    private int cut;
    private final Map<Scope, Long> decided = new HashMap<>();

    private Tampered(Pipeline run, Consumer<List<AuditRecord>> tamper) {
      this.run = run;
      this.tamper = tamper;
    }

    @Override
    public Fleet fleet() {
      return run.fleet();
    }

    @Override
    public AwsSimulator aws() {
      return run.aws();
    }

    @Override
    public SimulatedCluster cluster(String name) {
      return run.cluster(name);
    }

    @Override
    public List<MemoryLog.Kept> log(Scope scope, int from) {
      var all = run.log(scope, 0);
      var end = all.size() - cut;
      return from >= end ? List.of() : all.subList(from, end);
    }

    @Override
    public List<AuditRecord> audit(int from) {
      var all = new ArrayList<>(run.audit(0));
      tamper.accept(all);
      return all.subList(from, all.size());
    }

    @Override
    public long decided(Scope scope) {
      return decided.getOrDefault(scope, Long.MAX_VALUE);
    }

    @Override
    public Instant now() {
      return run.now();
    }
  }
}
