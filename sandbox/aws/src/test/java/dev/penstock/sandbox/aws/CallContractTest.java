package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What holds for all calls: identities, faults, the request log. */
@ParameterizedClass
@EnumSource(Face.class)
final class CallContractTest extends CloudContract {
  CallContractTest(Face face) {
    super(face);
  }

  @Test
  void rolesLeadIntoOtherAccounts() {
    assertEquals(SandboxWorld.ACCOUNT, sts.getCallerIdentity().account());
    var session =
        sts.assumeRole(
            r -> r.roleArn("arn:aws:iam::444455556666:role/penstock").roleSessionName("test"));
    var key = session.credentials().accessKeyId();
    assertEquals("444455556666", aws.caller(key, "us-west-2", "x").account());
    assertEquals(
        3600, Duration.between(clock.instant(), session.credentials().expiration()).toSeconds());
  }

  @Test
  void faultsRefuseBeforeTheEffectAndLostAnswersComeAfterIt() {
    aws.faults().add(AwsFaults.Rule.next("CreateLoadBalancer", new AwsFaults.Effect.Throttle()));
    refused("Throttling", 400, () -> loadBalancer("web"));
    aws.faults().add(AwsFaults.Rule.next("CreateTargetGroup", new AwsFaults.Effect.Deny()));
    refused("AccessDenied", 403, () -> targetGroup("a"));
    aws.faults().add(AwsFaults.Rule.next("DescribeSubnets", new AwsFaults.Effect.Throttle()));
    refused("RequestLimitExceeded", 503, () -> ec2.describeSubnets());
    assertEquals(0, elb.describeLoadBalancers().loadBalancers().size());
    aws.faults().add(AwsFaults.Rule.next("CreateLoadBalancer", new AwsFaults.Effect.LoseAnswer()));
    assertThrows(
        software.amazon.awssdk.core.exception.SdkClientException.class, () -> loadBalancer("web"));
    assertEquals(1, elb.describeLoadBalancers().loadBalancers().size());
  }

  @Test
  void aFailureHasTheGivenCodeAndStatusAndNoEffect() {
    aws.faults()
        .add(AwsFaults.Rule.next("CreateLoadBalancer", new AwsFaults.Effect.Fail("Oops", 500)));
    refused("Oops", 500, () -> loadBalancer("web"));
    aws.faults()
        .add(
            AwsFaults.Rule.next("ec2:CreateSecurityGroup", new AwsFaults.Effect.Fail("Oops", 503)));
    refused("Oops", 503, () -> securityGroup("web"));
    aws.faults().add(AwsFaults.Rule.next("route53:*", new AwsFaults.Effect.Fail("Oops", 400)));
    refused("Oops", 400, () -> route53.listHostedZones());
    aws.faults().add(AwsFaults.Rule.next("acm:*", new AwsFaults.Effect.Fail("Oops", 502)));
    refused("Oops", 502, () -> acm.listCertificates());
    assertEquals(List.of(), elb.describeLoadBalancers().loadBalancers());
    assertEquals(0, securityGroups("web"));
  }

  @Test
  void whatIsDeliveredTwiceAnswersAsARepetitionDoes() {
    aws.faults().add(AwsFaults.Rule.always("*", new AwsFaults.Effect.DeliverTwice()));
    var mark = aws.requests().last();
    assertEquals(loadBalancer("web"), loadBalancer("web"), "a repeated create finds the first");
    refused("InvalidGroup.Duplicate", 400, () -> securityGroup("web"));
    assertEquals(3, aws.requests().after(mark).size(), "the caller called once");
    aws.faults().clear();
    assertEquals(1, elb.describeLoadBalancers().loadBalancers().size());
    assertEquals(1, securityGroups("web"));
  }

  @Test
  void anAnswerThatIsLateCameOfACallThatWasOnTime() {
    var late = Duration.ofMillis(50);
    aws.faults().add(AwsFaults.Rule.next("CreateLoadBalancer", new AwsFaults.Effect.Delay(late)));
    loadBalancer("web");
    assertEquals(late, aws.requests().after(0).getLast().latency());
    elb.describeLoadBalancers();
    assertEquals(Duration.ZERO, aws.requests().after(0).getLast().latency());
  }

  @Test
  void aRateHitsThatShareOfTheCalls() {
    aws.faults()
        .add(AwsFaults.Rule.sometimes("DescribeSubnets", new AwsFaults.Effect.Deny(), 0.25));
    var refused = 0;
    for (var i = 0; i < 200; i++) {
      try {
        ec2.describeSubnets();
      } catch (AwsServiceException e) {
        assertEquals("UnauthorizedOperation", e.awsErrorDetails().errorCode());
        refused++;
      }
    }
    assertTrue(refused > 25 && refused < 75, "of 200: " + refused);
  }

  @Test
  void callsAboveThePublishedRateAreThrottledUntilTheBucketFillsAgain() {
    aws.setThrottling(true);
    for (var i = 0; i < 40; i++) {
      elb.describeLoadBalancers();
    }
    refused("Throttling", 400, () -> elb.describeLoadBalancers());
    clock.pass(Duration.ofMillis(100));
    elb.describeLoadBalancers();
    refused("Throttling", 400, () -> elb.describeLoadBalancers());
    ec2.describeSubnets();
  }

  @Test
  void whoLooksUnthrottledTakesNothingAndLeavesTheRatesAsTheyWere() {
    aws.setThrottling(true);
    for (var i = 0; i < 100; i++) {
      aws.unthrottled(() -> elb.describeLoadBalancers());
    }
    for (var i = 0; i < 40; i++) {
      elb.describeLoadBalancers();
    }
    refused("Throttling", 400, () -> elb.describeLoadBalancers());

    aws.setThrottling(false);
    aws.unthrottled(() -> elb.describeLoadBalancers());
    elb.describeLoadBalancers();
  }

  private void securityGroup(String name) {
    ec2.createSecurityGroup(r -> r.groupName(name).description(name).vpcId(SandboxWorld.VPC));
  }

  private long securityGroups(String name) {
    return ec2.describeSecurityGroups().securityGroups().stream()
        .filter(group -> group.groupName().equals(name))
        .count();
  }

  @Test
  void theRequestLogTellsWhatWasCalled() {
    var before = aws.requests().last();
    loadBalancer("web");
    var call = aws.requests().after(before).getFirst();
    assertEquals("elasticloadbalancing:CreateLoadBalancer", call.operation().toString());
    assertEquals(SandboxWorld.ACCOUNT, call.caller().account());
    assertEquals("us-west-2", call.caller().region());
    assertTrue(call.caller().userAgent().contains("contract"), call.caller().userAgent());
    assertTrue(call.wrote());
  }

  @Test
  void answersCarryTheirRequestIds() {
    var response = elb.describeLoadBalancers();
    var logged = aws.requests().after(0).getLast().requestId();
    assertEquals(logged, response.responseMetadata().requestId());
  }
}
