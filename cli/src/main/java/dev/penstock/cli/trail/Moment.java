package dev.penstock.cli.trail;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A moment as a person writes it: {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d} ago, an ISO 8601
 * time, or a date (UTC).
 */
public final class Moment {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  private Moment() {}

  /** The moment, seen from now. */
  public static Instant parse(String text, Instant now) throws CommandFailed {
    var ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
    if (ago.matches()) {
      return now.minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
    }
    try {
      return text.contains("T") || text.contains("t")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException _) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "a moment is 90s, 15m, 2h, 7d, a date or a time such as 2026-01-31T08:00:00Z, not: "
              + text);
    }
  }

  private static Duration unit(String letter) {
    return switch (letter) {
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }
}
