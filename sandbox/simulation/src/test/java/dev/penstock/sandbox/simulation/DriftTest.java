package dev.penstock.sandbox.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.route53.model.ChangeAction;

/**
 * What somebody changes in AWS by hand is put right by the calls that it needs, found at the latest
 * by the sweep, and nothing else is touched.
 */
class DriftTest {
  private static final String ASKED =
      """
      metadata:
        annotations:
          alb.ingress.kubernetes.io/tags: team=edge
          alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=120
      """;

  /** What somebody does to AWS, and the writes that put it right. */
  private record Drift(String name, Deed deed, String... writes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Deed {
    void on(Stage stage) throws Exception;
  }

  private static Stream<Drift> drifts() {
    return Stream.of(listenersAndRules(), recordsAndGroups(), marks(), targets())
        .flatMap(drifts -> drifts);
  }

  private static Stream<Drift> listenersAndRules() {
    return Stream.of(
        new Drift(
            "a listener is deleted",
            s -> s.elb.deleteListener(r -> r.listenerArn(listener(s, 443))),
            "CreateListener",
            "CreateRule"),
        new Drift(
            "the redirect's listener is deleted",
            s -> s.elb.deleteListener(r -> r.listenerArn(listener(s, 80))),
            "CreateListener"),
        new Drift(
            "a listener's policy is edited",
            s ->
                s.elb.modifyListener(r ->
                    r.listenerArn(listener(s, 443))
                        .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")),
            "ModifyListener"),
        new Drift(
            "a rule is deleted",
            s -> s.elb.deleteRule(r -> r.ruleArn(s.rules(443).getFirst().ruleArn())),
            "CreateRule"),
        new Drift(
            "a rule is edited",
            s ->
                s.elb.modifyRule(
                    r -> r.ruleArn(s.rules(443).getFirst().ruleArn()).actions(fixed("418"))),
            "ModifyRule"));
  }

  private static Stream<Drift> recordsAndGroups() {
    return Stream.of(
        new Drift(
            "a record is changed",
            s -> s.change(ChangeAction.UPSERT, Stage.address("192.0.2.7")),
            "ChangeResourceRecordSets"),
        new Drift(
            "a record is deleted",
            s -> s.change(ChangeAction.DELETE, s.records().get("nginx.example.com. AAAA")),
            "ChangeResourceRecordSets"),
        new Drift(
            "a rule of the frontend group is revoked",
            s -> revoke(s, "k8s-default-nginxing-", 443),
            "AuthorizeSecurityGroupIngress"),
        new Drift(
            "a rule is added to the frontend group",
            s ->
                s.ec2.authorizeSecurityGroupIngress(r ->
                    r.groupId(group(s, "k8s-default-nginxing-"))
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .cidrIp("0.0.0.0/0")),
            "RevokeSecurityGroupIngress"),
        new Drift(
            "our rule of the nodes' group is revoked",
            s -> revoke(s, "nodes-", 80),
            "AuthorizeSecurityGroupIngress"));
  }

  private static Stream<Drift> marks() {
    return Stream.of(
        new Drift(
            "a tag that the Ingress asks for is changed",
            s ->
                s.elb.addTags(r ->
                    r.resourceArns(s.loadBalancers().getFirst().loadBalancerArn())
                        .tags(tag("team", "wrong"))),
            "AddTags"),
        new Drift(
            "an attribute that the Ingress asks for is changed",
            s ->
                s.elb.modifyLoadBalancerAttributes(r ->
                    r.loadBalancerArn(s.loadBalancers().getFirst().loadBalancerArn())
                        .attributes(
                            LoadBalancerAttribute.builder()
                                .key("idle_timeout.timeout_seconds")
                                .value("99")
                                .build())),
            "ModifyLoadBalancerAttributes"),
        new Drift(
            "a health check is changed",
            s ->
                s.elb.modifyTargetGroup(r ->
                    r.targetGroupArn(s.targetGroups().getFirst().targetGroupArn())
                        .healthCheckPath("/wrong")),
            "ModifyTargetGroup"));
  }

  private static Stream<Drift> targets() {
    return Stream.of(
        new Drift(
            "a target is deregistered",
            s ->
                s.elb.deregisterTargets(r ->
                    r.targetGroupArn(s.targetGroups().getFirst().targetGroupArn())
                        .targets(
                            TargetDescription.builder()
                                .id(s.healthy().iterator().next())
                                .port(80)
                                .build())),
            "RegisterTargets"),
        new Drift(
            "a target is registered",
            s ->
                s.elb.registerTargets(r ->
                    r.targetGroupArn(s.targetGroups().getFirst().targetGroupArn())
                        .targets(TargetDescription.builder().id("10.0.64.99").port(80).build())),
            "DeregisterTargets"));
  }

  @ParameterizedTest
  @MethodSource("drifts")
  void whatIsChangedByHandIsPutRightByWhatItNeeds(Drift drift) throws Exception {
    var stage = Stage.withNginx();
    stage.kubectl.patch(Kinds.INGRESS, "default", "nginx-ingress", ASKED);
    stage.pass(Duration.ofMinutes(6));
    var before = EndState.of(stage);
    drift.deed().on(stage);
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(45));

    assertEquals(List.of(drift.writes()), writes(stage, mark));
    EndState.requireSame(before, EndState.of(stage));
  }

  @Test
  void aRuleThatIsNotOursStays() throws Exception {
    var stage = Stage.withNginx();
    addRule(stage);
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(45));

    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(
        List.of("1", "700", "default"), stage.rules(443).stream().map(Rule::priority).toList());
  }

  @Test
  void aNameWhoseOwnershipRecordIsLostIsNobodysAndItsOwnerIsTold() throws Exception {
    var stage = Stage.withNginx();
    stage.change(ChangeAction.DELETE, stage.records().get("a-nginx.example.com. TXT"));
    var left = stage.records();
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(45));

    assertEquals(Map.of(), stage.writes(mark));
    assertEquals(left, stage.records());
    assertEquals(
        List.of(
            "host nginx.example.com: what is there belongs to nobody"
                + " (the A record has no ownership TXT)"),
        Stage.events(stage.kubectl, "Ingress", "nginx-ingress", "HostRefused"));
  }

  @Test
  void anAttributeThatNobodyAskedForStaysAsItWasSet() throws Exception {
    var stage = Stage.withNginx();
    var group = stage.targetGroups().getFirst().targetGroupArn();
    stage.elb.modifyTargetGroupAttributes(r ->
        r.targetGroupArn(group)
            .attributes(
                TargetGroupAttribute.builder()
                    .key("deregistration_delay.timeout_seconds")
                    .value("7")
                    .build()));
    var mark = stage.mark();

    stage.pass(Duration.ofMinutes(70));

    assertEquals(Map.of(), stage.writes(mark));
  }

  @Test
  void aDeletedLoadBalancerIsMadeAgainWithAllThatStoodOnIt() throws Exception {
    var stage = Stage.withNginx();
    var lost = stage.loadBalancers().getFirst();
    var groups = stage.securityGroups().keySet();
    var targets = stage.targetGroups().stream().map(g -> g.targetGroupArn()).toList();
    stage.elb.deleteLoadBalancer(r -> r.loadBalancerArn(lost.loadBalancerArn()));
    var mark = stage.mark();

    stage.until(
        "another serves", () -> stage.loadBalancers().size() == 1 && stage.nameLeadsToPods());
    stage.pass(Duration.ofMinutes(5));

    assertEquals(
        List.of(
            "CreateLoadBalancer",
            "CreateListener",
            "CreateListener",
            "ChangeResourceRecordSets",
            "CreateRule"),
        writes(stage, mark));
    assertEquals(groups, stage.securityGroups().keySet());
    assertEquals(targets, stage.targetGroups().stream().map(g -> g.targetGroupArn()).toList());
    assertEquals(
        stage.loadBalancers().getFirst().dnsName().toLowerCase(),
        stage.address("default", "nginx-ingress"));
    assertEquals(2, stage.listeners().size());
    assertEquals(2, stage.rules(443).size());
  }

  private static List<String> writes(Stage stage, long mark) {
    return stage.calls(mark).stream()
        .filter(RequestLog.Entry::wrote)
        .map(e -> e.operation().name())
        .toList();
  }

  private static String listener(Stage stage, int port) {
    return stage.listeners().stream()
        .filter(l -> l.port() == port)
        .findFirst()
        .orElseThrow()
        .listenerArn();
  }

  private static String group(Stage stage, String prefix) {
    return stage.ec2.describeSecurityGroups().securityGroups().stream()
        .filter(g -> g.groupName().startsWith(prefix))
        .findFirst()
        .orElseThrow()
        .groupId();
  }

  private static void revoke(Stage stage, String prefix, int port) {
    var group =
        stage.ec2.describeSecurityGroups().securityGroups().stream()
            .filter(g -> g.groupName().startsWith(prefix))
            .findFirst()
            .orElseThrow();
    var permission =
        group.ipPermissions().stream()
            .filter(p -> p.fromPort() != null && p.fromPort() == port)
            .findFirst()
            .orElseThrow();
    stage.ec2.revokeSecurityGroupIngress(r -> r.groupId(group.groupId()).ipPermissions(permission));
  }

  private static void addRule(Stage stage) {
    stage.elb.createRule(r ->
        r.listenerArn(listener(stage, 443))
            .priority(700)
            .conditions(RuleCondition.builder().field("path-pattern").values("/theirs").build())
            .actions(fixed("200")));
  }

  private static Action fixed(String code) {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(c -> c.statusCode(code))
        .build();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
