package dev.penstock.sandbox.simulation.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The randomness of one concern. It depends on the seed and the concern's name alone; a draw
 * depends also on what it is for, never on what was drawn before: whoever draws more or less often
 * disturbs nobody.
 */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int TAIL = 32;

  private final long seed;

  public Chance(long seed) {
    this.seed = mixed(seed);
  }

  private Chance(long seed, String concern) {
    this.seed = mixed(seed ^ hash(concern));
  }

  /** The randomness of a part of this concern. */
  public Chance of(String concern) {
    return new Chance(seed, concern);
  }

  public long seed() {
    return seed;
  }

  /** A sequence for code that draws one number after the other. */
  public RandomGenerator sequence() {
    return new SplittableRandom(seed);
  }

  /** A number from 0 to {@code bound} - 1 for this occasion. */
  public int below(int bound, long occasion) {
    return (int) Long.remainderUnsigned(mixed(seed + GOLDEN * occasion), bound);
  }

  /** A time up to {@code most} for this occasion: mostly short, now and then near the most. */
  public Duration within(Duration most, long occasion) {
    var drawn = mixed(seed + GOLDEN * occasion);
    var share = (drawn >>> 11) * 0x1.0p-53;
    var usual = Long.remainderUnsigned(drawn, TAIL) == 0 ? share : share * share / TAIL;
    return Duration.ofNanos(Math.round(most.toNanos() * usual / 1_000) * 1_000);
  }

  private static long hash(String text) {
    var hash = 0xCBF29CE484222325L;
    for (var unit : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ unit) * 0x100000001B3L;
    }
    return hash;
  }

  /** SplitMix64's finalizer: near inputs give far outputs. */
  private static long mixed(long value) {
    var z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
