package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.shield.ShieldClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/**
 * A simulator of the sandbox's world behind one of its faces. Contract tests assert on codes and
 * statuses, never on texts, and run once for each face.
 */
abstract class CloudContract {
  static final String CERTIFICATE = "arn:aws:acm:us-west-2:111122223333:certificate/your-cert";

  final TickingClock clock = new TickingClock();
  AwsSimulator aws;
  ElasticLoadBalancingV2Client elb;
  Ec2Client ec2;
  Route53Client route53;
  AcmClient acm;
  StsClient sts;
  Wafv2Client wafv2;
  ShieldClient shield;

  private final Face face;
  private Face.Clients clients;

  CloudContract(Face face) {
    this.face = face;
  }

  @BeforeEach
  void start() throws Exception {
    aws =
        AwsSimulator.create(
            WorldSpec.sandbox("demo"),
            Settings.documented().withBuckets(false),
            TargetProbe.alwaysHealthy(),
            clock,
            7);
    clients = face.connect(aws);
    elb = clients.elb();
    ec2 = clients.ec2();
    route53 = clients.route53();
    acm = clients.acm();
    sts = clients.sts();
    wafv2 = clients.wafv2();
    shield = clients.shield();
  }

  @AfterEach
  void stop() {
    clients.close().run();
  }

  String loadBalancer(String name) {
    return elb.createLoadBalancer(r ->
            r.name(name).subnets("subnet-public-a", "subnet-public-b").scheme("internet-facing"))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  String targetGroup(String name) {
    return elb.createTargetGroup(r ->
            r.name(name)
                .protocol("HTTP")
                .port(80)
                .vpcId(SandboxWorld.VPC)
                .targetType("ip")
                .healthCheckIntervalSeconds(10))
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

  static Action fixed() {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(f -> f.statusCode("404").contentType("text/plain"))
        .build();
  }

  static Action forward(String targetGroup) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup).build();
  }

  String rule(String listener, int priority, String path, String targetGroup) {
    return elb.createRule(r ->
            r.listenerArn(listener)
                .priority(priority)
                .conditions(
                    RuleCondition.builder()
                        .field("path-pattern")
                        .pathPatternConfig(p -> p.values(path))
                        .build())
                .actions(forward(targetGroup)))
        .rules()
        .getFirst()
        .ruleArn();
  }

  static void refused(String code, int status, Executable call) {
    var error = assertThrows(AwsServiceException.class, call);
    assertEquals(code, error.awsErrorDetails().errorCode());
    assertEquals(status, error.statusCode());
  }
}
