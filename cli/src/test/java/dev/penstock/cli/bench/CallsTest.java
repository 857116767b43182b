package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;

final class CallsTest {
  private final AwsSimulator aws =
      AwsSimulator.create(
          WorldSpec.sandbox("c1"),
          Settings.easy(),
          TargetProbe.alwaysHealthy(),
          InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
          1);

  @Test
  void readsWritesHealthReadsAndDnsAreCountedApart() {
    call(DescribeSubnetsRequest.builder().build());
    call(CreateTargetGroupRequest.builder().name("a").build());
    call(RegisterTargetsRequest.builder().targetGroupArn("arn:none").build());
    call(DescribeTargetHealthRequest.builder().targetGroupArn("arn:none").build());
    call(ListHostedZonesRequest.builder().build());
    var calls = CallCounts.of(aws.requests().after(0));
    assertEquals(1, calls.reads());
    assertEquals(2, calls.writes());
    assertEquals(1, calls.healthReads());
    assertEquals(1, calls.dnsReads());
    assertEquals(0, calls.dnsWrites());
    assertEquals(4, calls.total());
    assertEquals(1, calls.byAction().get("RegisterTargets"));
  }

  @Test
  void throttledCallsAreCounted() {
    aws.setThrottling(true);
    for (int i = 0; i < 25; i++) {
      call(RegisterTargetsRequest.builder().targetGroupArn("arn:none").build());
    }
    assertEquals(5, CallCounts.of(aws.requests().after(0)).throttled());
  }

  private void call(SdkRequest request) {
    try {
      aws.handle(aws.caller("AKIASANDBOX", SandboxWorld.REGION, "test"), request);
    } catch (AwsError _) {
      // Refused calls count, too.
    }
  }
}
