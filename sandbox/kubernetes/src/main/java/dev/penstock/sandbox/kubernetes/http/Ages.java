package dev.penstock.sandbox.kubernetes.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How long ago, in the short form that kubectl prints: {@code 45s, 3m10s, 5h, 2d4h, 400d}. */
final class Ages {
  private Ages() {}

  static String since(String timestamp, Instant now) {
    try {
      return timestamp.isEmpty()
          ? "<unknown>"
          : of(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeParseException _) {
      return "<invalid>";
    }
  }

  private static String of(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    } else if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    } else if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    } else if (hours < 48) {
      return hours + "h";
    } else if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    return days < 730 ? days + "d" : two(days / 365, "y", days % 365, "d");
  }

  private static String two(long major, String unit, long minor, String minorUnit) {
    return minor == 0 ? major + unit : major + unit + minor + minorUnit;
  }
}
