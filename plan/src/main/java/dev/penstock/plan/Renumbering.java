package dev.penstock.plan;

import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one SetRulePriorities that brings the rules of a listener to the numbers that they shall have
 * (design §7, priorities). AWS judges the final order only, so swaps need no free number. A rule
 * that nobody wants and that stands on a wanted number goes to the end.
 */
public record Renumbering(
    String listenerArn, Map<String, Integer> priorities, List<ResourceKey> rules) {
  private static final int LAST = 50_000;

  /** One rule of the listener, wanted or there or both. Rules of other owners count as there. */
  public record Side(
      ResourceKey key, Optional<ListenerRuleSpec> desired, Optional<LiveListenerRule> live) {}

  /** The moves that are needed now, if any. */
  public static Optional<Renumbering> of(String listenerArn, List<Side> sides) {
    var moves = new TreeMap<String, Integer>();
    var moved = new ArrayList<ResourceKey>();
    var taken = new HashSet<Integer>();
    sides.stream().flatMap(s -> s.desired().stream()).forEach(spec -> taken.add(spec.priority()));
    for (var side : ordered(sides)) {
      if (side.live().isEmpty()) {
        continue;
      }
      int found = side.live().get().spec().priority();
      int wanted =
          side.desired()
              .map(ListenerRuleSpec::priority)
              .orElseGet(() -> taken.contains(found) ? free(taken, sides) : found);
      taken.add(wanted);
      if (wanted != found) {
        moves.put(side.live().get().id(), wanted);
        moved.add(side.key());
      }
    }
    return moves.isEmpty()
        ? Optional.empty()
        : Optional.of(new Renumbering(listenerArn, moves, List.copyOf(moved)));
  }

  private static List<Side> ordered(List<Side> sides) {
    return sides.stream().sorted(Comparator.comparing(Side::key)).toList();
  }

  private static int free(HashSet<Integer> taken, List<Side> sides) {
    int number = LAST;
    while (taken.contains(number) || isThere(sides, number)) {
      number--;
    }
    return number;
  }

  private static boolean isThere(List<Side> sides, int priority) {
    return sides.stream()
        .flatMap(s -> s.live().stream())
        .anyMatch(live -> live.spec().priority() == priority);
  }
}
