package dev.penstock.sandbox.aws.engine;

/** Ids that depend on the seed and on how many were made before, so that a restart repeats none. */
public final class Ids {
  private final long seed;
  private long made;

  public Ids(long seed) {
    this.seed = seed;
  }

  public long made() {
    return made;
  }

  void resume(long count) {
    made = Math.max(made, count);
  }

  public String hex(int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(String.format("%016x", next()));
    }
    return text.substring(0, length);
  }

  public String digits(int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(String.format("%019d", next() & Long.MAX_VALUE).substring(4));
    }
    return text.substring(0, length);
  }

  /** Upper-case letters and digits, as in Route 53 and in access keys. */
  public String token(int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(Long.toString(next() & Long.MAX_VALUE, 36).toUpperCase(java.util.Locale.ROOT));
    }
    return text.substring(0, length);
  }

  public String uuid() {
    var hex = hex(32);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  private long next() {
    // SplitMix64: well spread, and a function of the count alone.
    var z = seed + ++made * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
