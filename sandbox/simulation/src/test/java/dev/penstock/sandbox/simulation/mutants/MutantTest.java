package dev.penstock.sandbox.simulation.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MutantTest {
  @Test
  void eachDefectHasItsMethod() {
    assertEquals(
        List.of(),
        Mutant.ALL.stream().filter(mutant -> !new MutantLoader(mutant).isMade()).toList());
  }

  @Test
  void aDefectOfNoMethodOrNoClassIsNotMade() {
    assertFalse(
        new MutantLoader(new Mutant("", "plan.targets.TargetRule", "nowhere", true)).isMade());
    assertFalse(new MutantLoader(new Mutant("", "plan.Nowhere", "serves", true)).isMade());
  }
}
