package dev.penstock.edges.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;

/** Who goes first, and when the next one may. */
class GovernorTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final AwsRequest REGISTER = RegisterTargetsRequest.builder().build();
  private static final AwsRequest DEREGISTER = DeregisterTargetsRequest.builder().build();
  private static final AwsRequest RULE = CreateRuleRequest.builder().build();
  private static final AwsRequest BALANCER = CreateLoadBalancerRequest.builder().build();
  private static final AwsRequest READ = DescribeTagsRequest.builder().build();

  private final List<Ask> open = new ArrayList<>();
  private Budget budget = Budget.full(Rates.published());
  private Instant now = START;
  private long tickets;

  private void ask(Urgency urgency, AwsRequest request, int times) {
    for (var i = 0; i < times; i++) {
      open.add(new Ask(tickets, urgency, tickets, Costs.of(request)));
      tickets++;
    }
  }

  /** Lets so many asks through, waiting as told; the urgencies in the order of going. */
  private List<Urgency> go(int count) {
    var gone = new ArrayList<Urgency>();
    while (gone.size() < count) {
      switch (Governor.next(open, budget, now)) {
        case Governor.Next.Go(var ask, var after) -> {
          open.remove(ask);
          budget = after;
          gone.add(ask.urgency());
        }
        case Governor.Next.Wait(var until) -> {
          assertTrue(until.isAfter(now), "waiting makes time pass");
          now = until;
        }
        case Governor.Next.Idle() -> throw new AssertionError("only " + gone + " went");
      }
    }
    return gone;
  }

  private Duration took() {
    return Duration.between(START, now);
  }

  @Test
  void nothingOpenIsIdle() {
    assertInstanceOf(Governor.Next.Idle.class, Governor.next(open, budget, now));
  }

  @Test
  void theMostUrgentGoesFirst() {
    ask(Urgency.SWEEP, READ, 1);
    ask(Urgency.TAGS, RULE, 1);
    ask(Urgency.CREATION, BALANCER, 1);
    ask(Urgency.DEREGISTER_GONE, DEREGISTER, 1);
    ask(Urgency.REGISTER, REGISTER, 1);
    ask(Urgency.STRUCTURE, RULE, 1);
    assertEquals(
        List.of(
            Urgency.REGISTER,
            Urgency.DEREGISTER_GONE,
            Urgency.STRUCTURE,
            Urgency.CREATION,
            Urgency.TAGS,
            Urgency.SWEEP),
        go(6));
  }

  @Test
  void deregistersWaitUntilNoRegisterWaits() {
    ask(Urgency.DEREGISTER, DEREGISTER, 30);
    ask(Urgency.REGISTER, REGISTER, 30);
    var gone = go(60);
    assertEquals(30, gone.lastIndexOf(Urgency.REGISTER) + 1);
    assertEquals(30, gone.indexOf(Urgency.DEREGISTER));
  }

  @Test
  void aHundredRegistersTakeTwentySecondsAndNoLonger() {
    ask(Urgency.REGISTER, REGISTER, 100);
    ask(Urgency.SWEEP, READ, 500);
    var registered = 0;
    while (registered < 100) {
      registered += go(1).getFirst() == Urgency.REGISTER ? 1 : 0;
    }
    assertTrue(took().compareTo(Duration.ofMillis(20_300)) < 0, () -> "took " + took());
    assertTrue(took().compareTo(Duration.ofMillis(19_900)) > 0, () -> "took " + took());
  }

  @Test
  void aSweepGetsItsShareWhileEverythingElseWaits() {
    ask(Urgency.STRUCTURE, READ, 400);
    ask(Urgency.SWEEP, READ, 400);
    var gone = go(340);
    var sweeps = gone.stream().filter(u -> u == Urgency.SWEEP).count();
    var shareOfThirtySeconds = 0.5 * took().toSeconds();
    assertTrue(sweeps >= shareOfThirtySeconds, () -> sweeps + " sweeps in " + took());
    assertTrue(sweeps <= shareOfThirtySeconds + 3, () -> sweeps + " sweeps in " + took());
  }

  @Test
  void aSweepAloneLeavesHalfOfTheBucket() {
    ask(Urgency.SWEEP, READ, 100);
    while (Governor.next(open, budget, now) instanceof Governor.Next.Go(var ask, var after)) {
      open.remove(ask);
      budget = after;
    }
    assertTrue(budget.tokens(Rates.ELB, now) >= 19, "an endpoint change finds tokens");
  }

  @Test
  void creatingLoadBalancersHasABucketOfItsOwn() {
    ask(Urgency.CREATION, BALANCER, 11);
    go(11);
    assertEquals(Duration.ofMillis(5_250), took(), "and a quarter of a second kept back");
  }

  @Test
  void oneThrottleSaysThatTheBucketIsEmpty() {
    ask(Urgency.REGISTER, REGISTER, 200);
    budget = budget.throttled(Costs.of(REGISTER), now);
    go(1);
    var first = now;
    go(4);
    assertEquals(1000, Duration.between(first, now).toMillis(), 20, "4 a second as before");
  }

  @Test
  void throttlingAgainHalvesThePaceAndTimeHealsIt() {
    ask(Urgency.REGISTER, REGISTER, 200);
    budget = budget.throttled(Costs.of(REGISTER), now);
    now = now.plusSeconds(2);
    budget = budget.throttled(Costs.of(REGISTER), now);
    var again = now;
    go(1);
    var waited = Duration.between(again, now);
    assertTrue(waited.compareTo(Duration.ofMillis(450)) > 0, () -> "2 a second: " + waited);
    now = now.plusSeconds(60);
    go(20);
    var healed = now;
    go(4);
    assertEquals(1000, Duration.between(healed, now).toMillis(), 20, "4 a second again");
  }
}
