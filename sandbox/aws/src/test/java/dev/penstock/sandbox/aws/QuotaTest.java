package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** At a quota the next one is refused with AWS's code, and the ones before it went through. */
final class QuotaTest {
  private static final int LIMIT = 1;

  /** The two of the sandbox's world; the first is a listener's default. */
  private static final List<String> CERTIFICATES =
      List.of(CloudContract.CERTIFICATE, CloudContract.CERTIFICATE.replace("your-cert", "abc123"));

  /** What is made again and again until it is refused. */
  private interface Make {
    void number(World world, int number);
  }

  private record Row(String code, Quota quota, Make make) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "TooManyLoadBalancers",
              Quota.APPLICATION_LOAD_BALANCERS,
              (w, n) -> w.loadBalancer("web-" + n)),
          new Row(
              "TooManyListeners",
              Quota.LISTENERS_PER_ALB,
              (w, n) -> w.listener(w.loadBalancer("web"), 8000 + n)),
          new Row("TooManyTargetGroups", Quota.TARGET_GROUPS, (w, n) -> w.group("group-" + n)),
          new Row(
              "TooManyRules",
              Quota.RULES_PER_ALB,
              (w, n) -> w.rule(w.listener(w.loadBalancer("web"), 80), n, w.fixed())),
          new Row(
              "TooManyUniqueTargetGroupsPerLoadBalancer",
              Quota.TARGET_GROUPS_PER_ALB,
              (w, n) ->
                  w.rule(
                      w.listener(w.loadBalancer("web"), 80), n, w.forward(w.group("group-" + n)))),
          new Row(
              "TooManyTargets",
              Quota.TARGETS_PER_TARGET_GROUP,
              (w, n) -> w.register(w.group("group"), "10.0.64." + (20 + n))),
          new Row(
              "TooManyTags",
              Quota.TAGS_PER_RESOURCE,
              (w, n) ->
                  w.elb.addTags(r ->
                      r.resourceArns(w.group("group"))
                          .tags(Tag.builder().key("key-" + n).value("v").build()))),
          new Row(
              "TooManyCertificates",
              Quota.CERTIFICATES_PER_ALB,
              (w, n) -> w.certificate(w.secure(w.loadBalancer("web")), n)),
          new Row(
              "RulesPerSecurityGroupLimitExceeded",
              Quota.RULES_PER_SECURITY_GROUP,
              (w, n) -> w.letIn(w.securityGroup(), 8000 + n)));

  @TestFactory
  Stream<DynamicTest> theNextOneIsRefused() {
    return ROWS.stream().map(row -> dynamicTest(row.code(), () -> check(row)));
  }

  private static void check(Row row) {
    var world = new World(row.quota());
    for (int number = 1; number <= LIMIT; number++) {
      row.make().number(world, number);
    }
    var refused =
        assertThrows(AwsServiceException.class, () -> row.make().number(world, LIMIT + 1));
    assertEquals(row.code(), refused.awsErrorDetails().errorCode());
    assertEquals(400, refused.statusCode());
  }

  /** The sandbox's world with one quota lowered; whatever exists by its name is found again. */
  private static final class World {
    private final ElasticLoadBalancingV2Client elb;
    private final Ec2Client ec2;
    private String securityGroup = "";

    World(Quota quota) {
      var caller = Caller.of(SandboxWorld.ACCOUNT, SandboxWorld.REGION, "contract");
      var aws =
          AwsSimulator.create(
              WorldSpec.sandbox("demo"),
              Settings.documented()
                  .withBuckets(false)
                  .withQuotas(Quotas.defaults().with(quota, LIMIT)),
              TargetProbe.alwaysHealthy(),
              new TickingClock(),
              7);
      elb = aws.client(ElasticLoadBalancingV2Client.class, caller);
      ec2 = aws.client(Ec2Client.class, caller);
    }

    String loadBalancer(String name) {
      return elb.createLoadBalancer(r -> r.name(name).subnets("subnet-public-a", "subnet-public-b"))
          .loadBalancers()
          .getFirst()
          .loadBalancerArn();
    }

    String group(String name) {
      return elb.createTargetGroup(
              r -> r.name(name).protocol("HTTP").port(80).vpcId(SandboxWorld.VPC).targetType("ip"))
          .targetGroups()
          .getFirst()
          .targetGroupArn();
    }

    String listener(String loadBalancer, int port) {
      return elb.createListener(r ->
              r.loadBalancerArn(loadBalancer).protocol("HTTP").port(port).defaultActions(fixed()))
          .listeners()
          .getFirst()
          .listenerArn();
    }

    String secure(String loadBalancer) {
      var already = elb.describeListeners(r -> r.loadBalancerArn(loadBalancer)).listeners();
      if (!already.isEmpty()) {
        return already.getFirst().listenerArn();
      }
      return elb.createListener(r ->
              r.loadBalancerArn(loadBalancer)
                  .protocol("HTTPS")
                  .port(443)
                  .certificates(
                      Certificate.builder().certificateArn(CERTIFICATES.getFirst()).build())
                  .defaultActions(fixed()))
          .listeners()
          .getFirst()
          .listenerArn();
    }

    void certificate(String listener, int number) {
      var arn = CERTIFICATES.get(number % CERTIFICATES.size());
      elb.addListenerCertificates(r ->
          r.listenerArn(listener).certificates(Certificate.builder().certificateArn(arn).build()));
    }

    void rule(String listener, int priority, Action action) {
      elb.createRule(r ->
          r.listenerArn(listener)
              .priority(priority)
              .conditions(
                  RuleCondition.builder()
                      .field("path-pattern")
                      .pathPatternConfig(p -> p.values("/" + priority))
                      .build())
              .actions(action));
    }

    void register(String group, String... addresses) {
      elb.registerTargets(r ->
          r.targetGroupArn(group)
              .targets(
                  Stream.of(addresses)
                      .map(address -> TargetDescription.builder().id(address).port(80).build())
                      .toList()));
    }

    Action fixed() {
      return CloudContract.fixed();
    }

    Action forward(String group) {
      return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
    }

    String securityGroup() {
      if (securityGroup.isEmpty()) {
        securityGroup =
            ec2.createSecurityGroup(
                    r -> r.groupName("quota").description("quota").vpcId(SandboxWorld.VPC))
                .groupId();
      }
      return securityGroup;
    }

    void letIn(String group, int port) {
      ec2.authorizeSecurityGroupIngress(r ->
          r.groupId(group)
              .ipPermissions(
                  IpPermission.builder()
                      .ipProtocol("tcp")
                      .fromPort(port)
                      .toPort(port)
                      .ipRanges(IpRange.builder().cidrIp("10.0.0.0/8").build())
                      .build()));
    }
  }
}
