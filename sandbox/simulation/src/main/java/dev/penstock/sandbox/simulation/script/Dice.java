package dev.penstock.sandbox.simulation.script;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Where chance comes from. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 1 to {@code most}. */
  int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  @SafeVarargs
  final <T> T one(T... among) {
    return among[random.nextInt(among.length)];
  }

  <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  /** Draws by one of these: a deed, and perhaps what undoes it later. */
  @SafeVarargs
  final List<Deed> deeds(Supplier<List<Deed>>... among) {
    return one(among).get();
  }

  /** By weight; the sum is positive. */
  <K> K weighted(Map<K, Integer> weights) {
    var left = random.nextInt(weights.values().stream().mapToInt(w -> w).sum());
    for (var entry : weights.entrySet()) {
      left -= entry.getValue();
      if (left < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("no weights");
  }

  /** Between a tenth of it and all of it. */
  Duration within(Duration most) {
    var millis = most.toMillis();
    return Duration.ofMillis(random.nextLong(millis / 10, millis + 1));
  }
}
