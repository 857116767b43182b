package dev.penstock.cli.bench;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A short duration as people write it: {@code 80ms} or {@code 2s}. */
final class LatencyOption implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s)");

  @Override
  public Duration convert(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new TypeConversionException("'" + text + "' is not a time such as 80ms or 2s");
    }
    var number = Long.parseLong(match.group(1));
    return match.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }
}
