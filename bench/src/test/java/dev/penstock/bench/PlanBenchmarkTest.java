package dev.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.plan.StackPlan;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import org.junit.jupiter.api.Test;

/** A benchmark that decides nothing would be fast. */
final class PlanBenchmarkTest {
  private final PlanBenchmark benchmark = new PlanBenchmark();

  @Test
  void oneIngressIsPlannedToItsLastRule() {
    var plan = benchmark.oneIngressReadAndPlanned();
    assertTrue(plan.blockedOn().isEmpty(), plan.blockedOn()::toString);
    assertEquals(1, plan.bindings().size());
  }

  @Test
  void everyMemberOfTheGroupHasItsRule() {
    var group = new PlanBenchmark.Group();
    group.members = 100;
    group.read();
    assertEquals(100, rules(benchmark.groupPlanned(group)));
    assertEquals(200, rules(benchmark.groupWithRedirectsPlanned(group)));
  }

  private static long rules(StackPlan plan) {
    return plan.resources().stream()
        .filter(desired -> desired.spec() instanceof ListenerRuleSpec)
        .count();
  }

  @Test
  void oneChangedEndpointIsOneRegistrationAndOneDeparture() {
    var decision = benchmark.oneEndpointOfThousandChanged();
    assertEquals(1, decision.register().size());
    assertEquals(1, decision.departures().size());
  }
}
