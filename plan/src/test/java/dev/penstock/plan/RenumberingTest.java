package dev.penstock.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.plan.Renumbering.Side;
import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One SetRulePriorities brings a listener's rules to their numbers. */
final class RenumberingTest {
  @Test
  void rulesThatStandRightAreLeftAlone() {
    assertEquals(Map.of(), moves(side("a", 1, 1), side("b", 2, 0), side("c", 0, 7)));
  }

  @Test
  void aSwapIsOneCall() {
    assertEquals(Map.of("a", 2, "b", 1), moves(side("a", 2, 1), side("b", 1, 2), side("c", 3, 3)));
  }

  @Test
  void anUnwantedRuleOnAWantedNumberGoesToTheEnd() {
    assertEquals(
        Map.of("old", 49_999),
        moves(side("new", 1, 0), side("old", 0, 1), side("other", 0, 50_000)));
  }

  @Test
  void theFinalOrderHasNoNumberTwice() {
    Seeds.forEach(seeds -> {
      var sides = new TreeMap<String, Side>();
      var wanted = new HashSet<Integer>();
      var there = new HashSet<Integer>();
      for (int number : seeds.listOf(s -> 1 + s.upTo(9)).stream().toList()) {
        int found = 1 + seeds.upTo(9);
        boolean want = wanted.add(number);
        boolean live = there.add(found);
        var id = "r" + sides.size();
        if (want || live) {
          sides.put(id, side(id, want ? number : 0, live ? found : 0));
        }
      }
      var moves = moves(sides.values().toArray(Side[]::new));
      var last = new HashSet<Integer>();
      for (var side : sides.values()) {
        side.live()
            .ifPresent(live ->
                assertEquals(
                    true, last.add(moves.getOrDefault(live.id(), live.spec().priority()))));
      }
    });
  }

  private static Map<String, Integer> moves(Side... sides) {
    return Renumbering.moves(List.of(sides)).stream()
        .collect(Collectors.toMap(Renumbering.Move::ruleArn, Renumbering.Move::priority));
  }

  /** Priority 0: not wanted, or not there. */
  private static Side side(String id, int wanted, int found) {
    return new Side(
        Specs.key(ResourceKind.LISTENER_RULE, id),
        wanted == 0 ? Optional.empty() : Optional.of(rule(wanted)),
        found == 0 ? Optional.empty() : Optional.of(new LiveListenerRule(id, rule(found))));
  }

  private static ListenerRuleSpec rule(int priority) {
    return Specs.rule(priority, List.of(), List.of());
  }
}
