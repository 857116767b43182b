package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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
    aws.faults().add(Faults.Rule.next("CreateLoadBalancer", new Faults.Effect.Throttle()));
    refused("Throttling", 400, () -> loadBalancer("web"));
    aws.faults().add(Faults.Rule.next("CreateTargetGroup", new Faults.Effect.Deny()));
    refused("AccessDenied", 403, () -> targetGroup("a"));
    aws.faults().add(Faults.Rule.next("DescribeSubnets", new Faults.Effect.Throttle()));
    refused("RequestLimitExceeded", 503, () -> ec2.describeSubnets());
    assertEquals(0, elb.describeLoadBalancers().loadBalancers().size());
    aws.faults().add(Faults.Rule.next("CreateLoadBalancer", new Faults.Effect.LoseAnswer()));
    assertThrows(
        software.amazon.awssdk.core.exception.SdkClientException.class, () -> loadBalancer("web"));
    assertEquals(1, elb.describeLoadBalancers().loadBalancers().size());
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
