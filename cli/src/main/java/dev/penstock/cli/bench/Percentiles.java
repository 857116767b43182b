package dev.penstock.cli.bench;

import java.time.Duration;
import java.util.List;

/** Nearest-rank percentiles of a sample, in milliseconds: every figure is a value that occurred. */
record Percentiles(int count, double p50, double p90, double p99, double max) {

  static Percentiles of(List<Duration> sample) {
    if (sample.isEmpty()) {
      throw new IllegalArgumentException("no sample, no percentile");
    }
    var sorted = sample.stream().mapToDouble(Percentiles::millis).sorted().toArray();
    return new Percentiles(
        sorted.length,
        rank(sorted, 50),
        rank(sorted, 90),
        rank(sorted, 99),
        sorted[sorted.length - 1]);
  }

  private static double rank(double[] sorted, int percent) {
    var rank = (sorted.length * percent + 99) / 100;
    return sorted[Math.max(rank, 1) - 1];
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
