package dev.penstock.sandbox.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;

/** The published request rates on a virtual clock. */
final class BucketTest {
  private static final Caller HERE = Caller.of("111122223333", "us-west-2", "test");

  private final TickingClock clock = new TickingClock();
  private final Buckets buckets = new Buckets();

  private int passes(Caller caller, SdkRequest request, int tries) {
    var passed = 0;
    for (int i = 0; i < tries; i++) {
      if (buckets.take(caller, ApiOperation.of(request.getClass()), request, clock.instant())) {
        passed++;
      }
    }
    return passed;
  }

  @Test
  void registerAndDeregisterShareTwentyAndFourASecond() {
    var register = RegisterTargetsRequest.builder().build();
    var deregister = DeregisterTargetsRequest.builder().build();
    assertEquals(15, passes(HERE, register, 15));
    assertEquals(5, passes(HERE, deregister, 30));
    clock.pass(Duration.ofSeconds(2));
    assertEquals(8, passes(HERE, register, 30));
  }

  @Test
  void oneHundredRegistersTakeTwentySeconds() {
    var register = RegisterTargetsRequest.builder().build();
    var done = passes(HERE, register, 100);
    var seconds = 0;
    while (done < 100) {
      clock.pass(Duration.ofSeconds(1));
      seconds++;
      done += passes(HERE, register, 100 - done);
    }
    assertEquals(20, seconds);
  }

  @Test
  void allActionsTogetherHaveFortyAndTenASecond() {
    assertEquals(40, passes(HERE, DescribeLoadBalancersRequest.builder().build(), 60));
    assertEquals(0, passes(HERE, RegisterTargetsRequest.builder().build(), 5));
    clock.pass(Duration.ofSeconds(1));
    assertEquals(10, passes(HERE, DescribeLoadBalancersRequest.builder().build(), 60));
  }

  @Test
  void aRefusedCallTakesNoToken() {
    var create = CreateLoadBalancerRequest.builder().build();
    assertEquals(10, passes(HERE, create, 50));
    assertEquals(30, passes(HERE, DescribeLoadBalancersRequest.builder().build(), 60));
  }

  @Test
  void regionsAndServicesHaveTheirOwn() {
    passes(HERE, DescribeLoadBalancersRequest.builder().build(), 60);
    var there = Caller.of("111122223333", "eu-west-1", "test");
    assertEquals(40, passes(there, DescribeLoadBalancersRequest.builder().build(), 60));
    assertEquals(100, passes(HERE, DescribeSubnetsRequest.builder().build(), 120));
  }

  @Test
  void route53CountsChangesAndUpsertsTwice() {
    var change = Change.builder().action(ChangeAction.UPSERT).build();
    var batch =
        ChangeResourceRecordSetsRequest.builder()
            .changeBatch(b -> b.changes(java.util.Collections.nCopies(300, change)))
            .build();
    assertEquals(2, passes(HERE, batch, 5));
    clock.pass(Duration.ofSeconds(3));
    assertEquals(1, passes(HERE, batch, 5));
  }
}
