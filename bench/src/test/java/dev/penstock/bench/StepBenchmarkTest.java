package dev.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** A benchmark that decides nothing would be fast. */
final class StepBenchmarkTest {
  @Test
  void aChangedMemberIsPlannedAndDecided() {
    var benchmark = new StepBenchmark();
    benchmark.members = 10;
    benchmark.list();
    // A load balancer, both security groups, a listener, and a rule and a target group of each.
    assertEquals(24, benchmark.wanted());
    assertFalse(benchmark.oneMemberChanged().changes().isEmpty());
    assertEquals(24, benchmark.wanted());
  }
}
