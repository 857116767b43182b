package dev.penstock.plan.ingress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers the rules of one listener so that live rules keep theirs (design §7, priorities). Rules
 * are given in the order in which they must match; each has its live number, if it is live.
 */
final class Priorities {
  private static final int STEP = 10;
  private static final int GREATEST = 50_000;

  /** The numbers in the order of the rules, and whether live rules had to be spread out. */
  record Numbers(List<Integer> priorities, boolean respaced) {}

  private Priorities() {}

  /** {@code taken} are the numbers of live rules of the listener that are not wanted any more. */
  static Numbers assign(List<Optional<Integer>> live, Set<Integer> taken) {
    if (live.stream().allMatch(Optional::isEmpty) && taken.isEmpty()) {
      return new Numbers(spread(live.size(), 1, taken), false);
    }
    var kept = keep(live);
    var numbers = fill(kept, taken);
    return numbers.isPresent()
        ? new Numbers(numbers.get(), false)
        : new Numbers(spread(live.size(), step(live.size(), taken), taken), true);
  }

  /** The most live numbers that rise in the wanted order; the others give theirs up. */
  private static int[] keep(List<Optional<Integer>> live) {
    int n = live.size();
    int[] number = new int[n];
    int[] before = new int[n];
    int[] tails = new int[n + 1];
    int longest = 0;
    for (int i = 0; i < n; i++) {
      number[i] = live.get(i).orElse(0);
      if (number[i] == 0) {
        continue;
      }
      int low = 1;
      int high = longest;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (number[tails[middle]] < number[i]) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      before[i] = low > 1 ? tails[low - 1] : -1;
      tails[low] = i;
      longest = Math.max(longest, low);
    }
    int[] kept = new int[n];
    for (int i = longest > 0 ? tails[longest] : -1; i >= 0; i = before[i]) {
      kept[i] = number[i];
    }
    return kept;
  }

  /** Free numbers for the rules without one, evenly between their neighbours; empty: no room. */
  private static Optional<List<Integer>> fill(int[] kept, Set<Integer> taken) {
    int n = kept.length;
    int[] numbers = Arrays.copyOf(kept, n);
    for (int i = 0; i < n; i++) {
      if (numbers[i] == 0) {
        int end = i;
        while (end < n && numbers[end] == 0) {
          end++;
        }
        int from = i == 0 ? 0 : numbers[i - 1];
        boolean last = end == n;
        var free = free(from, last ? GREATEST + 1 : numbers[end], taken, last ? end - i : GREATEST);
        if (free.size() < end - i) {
          return Optional.empty();
        }
        for (int j = i; j < end; j++) {
          int nth = last ? j - i : (j - i + 1) * (free.size() + 1) / (end - i + 1) - 1;
          numbers[j] = free.get(nth);
        }
      }
    }
    return Optional.of(Arrays.stream(numbers).boxed().toList());
  }

  private static List<Integer> free(int from, int to, Set<Integer> taken, int enough) {
    var free = new ArrayList<Integer>();
    for (int number = from + 1; number < to && free.size() < enough; number++) {
      if (!taken.contains(number)) {
        free.add(number);
      }
    }
    return free;
  }

  private static int step(int rules, Set<Integer> taken) {
    return Math.max(1, Math.min(STEP, (GREATEST - taken.size()) / Math.max(1, rules)));
  }

  private static List<Integer> spread(int rules, int step, Set<Integer> taken) {
    var numbers = new ArrayList<Integer>();
    int number = 0;
    for (int i = 0; i < rules; i++) {
      number += step;
      while (taken.contains(number)) {
        number++;
      }
      numbers.add(number);
    }
    return numbers;
  }
}
