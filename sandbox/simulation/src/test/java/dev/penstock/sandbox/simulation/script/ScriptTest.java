package dev.penstock.sandbox.simulation.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is drawn from a seed. */
class ScriptTest {
  private static final int SEEDS = 3000;

  private static Stream<Script> scripts(Wishes wishes) {
    return LongStream.range(0, SEEDS).mapToObj(seed -> Script.draw(seed, wishes));
  }

  @Test
  void theSameSeedDrawsTheSameScriptAndAnotherAnother() {
    var wishes = Wishes.of(Scenario.EVERYTHING);

    assertEquals(Script.draw(7, wishes), Script.draw(7, wishes));
    assertNotEquals(Script.draw(7, wishes).happenings(), Script.draw(8, wishes).happenings());
  }

  @Test
  void everyKindOfDeedIsDrawnBySomeSeed() {
    var drawn = new HashSet<Class<?>>();
    scripts(Wishes.of(Scenario.EVERYTHING))
        .flatMap(script -> script.happenings().stream())
        .forEach(happening -> drawn.add(happening.deed().getClass()));

    var missing = Deed.kinds().stream().filter(kind -> !drawn.contains(kind)).toList();
    assertEquals(0, missing.size(), missing.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aScenarioDrawsOnlyItsOwnFamilies(Scenario scenario) {
    var wishes = Wishes.of(scenario);
    var kinds = new HashSet<Class<?>>();
    scripts(wishes)
        .flatMap(script -> script.happenings().stream())
        .forEach(happening -> kinds.add(happening.deed().getClass()));

    assertTrue(kinds.contains(AppDeed.Deploy.class));
    if (scenario.weight(Family.RIVALS) == 0) {
      assertTrue(kinds.stream().noneMatch(RivalDeed.class::isAssignableFrom), kinds.toString());
    }
  }

  @Test
  void withoutTroublesOnlyUsersDoSomething() {
    var wishes = new Wishes(Scenario.EVERYTHING, EnumSet.noneOf(Family.class));

    assertTrue(
        scripts(wishes)
            .flatMap(script -> script.happenings().stream())
            .allMatch(happening ->
                Stream.of(Family.values())
                    .filter(Family::isWork)
                    .anyMatch(family -> family.has(happening.deed()))));
  }
}
