package dev.penstock.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Generated worlds: sizes grow with the run, so that the first failure is small, and a failure
 * names the command that repeats it. {@code -Dseed=N} runs one seed alone.
 */
public final class Seeds {
  private static final int RUNS = 300;

  private final RandomGenerator random;
  private final int size;

  private Seeds(long seed, int size) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.size = size;
  }

  /** Runs a law on many worlds. */
  public static void forEach(Consumer<Seeds> law) {
    var one = Long.getLong("seed");
    if (one != null) {
      law.accept(new Seeds(one, size(one)));
      return;
    }
    for (long seed = 0; seed < RUNS; seed++) {
      try {
        law.accept(new Seeds(seed, size(seed)));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + " (repeat with -Dseed=" + seed + "): " + e, e);
      }
    }
  }

  public boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  public int upTo(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** Between none and as many as this run's size. */
  public <T> List<T> listOf(Function<Seeds, T> make) {
    var list = new ArrayList<T>();
    for (int i = random.nextInt(size + 1); i > 0; i--) {
      list.add(make.apply(this));
    }
    return list;
  }

  private static int size(long seed) {
    return 1 + (int) Math.min(seed / 20, 12);
  }
}
