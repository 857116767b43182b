package dev.penstock.plan;

import dev.penstock.schemas.aws.ListenerRuleSpec;
import dev.penstock.schemas.aws.Live.LiveListenerRule;
import dev.penstock.schemas.key.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the rules of a listener to the numbers that they shall have, by one SetRulePriorities
 * (design §7, priorities). AWS judges the final order only, so swaps need no free number. A rule
 * that nobody wants and that stands on a wanted number goes to the end.
 */
public final class Renumbering {
  private static final int LAST = 50_000;

  private Renumbering() {}

  /** One rule of the listener, wanted or there or both. */
  public record Side(
      ResourceKey key, Optional<ListenerRuleSpec> desired, Optional<LiveListenerRule> live) {}

  /** A rule that stands elsewhere than it shall, and where to put it. */
  public record Move(ResourceKey key, String ruleArn, int priority) {}

  /** The moves that are needed now, in the order of the rules' keys; no number is given twice. */
  public static List<Move> moves(List<Side> sides) {
    var moves = new ArrayList<Move>();
    var taken = new HashSet<Integer>();
    sides.stream().flatMap(s -> s.desired().stream()).forEach(spec -> taken.add(spec.priority()));
    var there =
        sides.stream()
            .flatMap(s -> s.live().stream())
            .map(live -> live.spec().priority())
            .collect(Collectors.toSet());
    for (var side : sides.stream().sorted(Comparator.comparing(Side::key)).toList()) {
      if (side.live().isEmpty()) {
        continue;
      }
      var live = side.live().get();
      int found = live.spec().priority();
      int wanted =
          side.desired()
              .map(ListenerRuleSpec::priority)
              .orElseGet(() -> taken.contains(found) ? free(taken, there) : found);
      taken.add(wanted);
      if (wanted != found) {
        moves.add(new Move(side.key(), live.id(), wanted));
      }
    }
    return moves;
  }

  private static int free(Set<Integer> taken, Set<Integer> there) {
    int number = LAST;
    while (taken.contains(number) || there.contains(number)) {
      number--;
    }
    return number;
  }
}
