package dev.penstock.cli.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * One measured number. The target is an upper bound in the same unit; the peer's figure is quoted,
 * with where it stands.
 */
record Figure(
    String group,
    String name,
    double value,
    String unit,
    Optional<Double> atMost,
    String peer,
    String detail) {

  static Figure of(String group, String name, double value, String unit) {
    return new Figure(group, name, value, unit, Optional.empty(), "", "");
  }

  Figure atMost(double bound) {
    return new Figure(group, name, value, unit, Optional.of(bound), peer, detail);
  }

  Figure beside(String peersFigure) {
    return new Figure(group, name, value, unit, atMost, peersFigure, detail);
  }

  Figure with(String moreDetail) {
    return new Figure(group, name, value, unit, atMost, peer, moreDetail);
  }

  /** Whether the target is reached; without a target there is nothing to miss. */
  boolean met() {
    return atMost.map(bound -> value <= bound).orElse(true);
  }

  String measured() {
    return number(value) + " " + unit;
  }

  String target() {
    return atMost.map(bound -> "≤ " + number(bound) + (met() ? "  ✓" : "  ✗")).orElse("");
  }

  private static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e12) {
      return String.format(Locale.ROOT, "%,d", (long) number);
    }
    return String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.2f" : "%,.1f", number);
  }
}
