package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

final class LatencyOptionTest {
  private final LatencyOption option = new LatencyOption();

  @Test
  void millisecondsAndSecondsAreUnderstood() {
    assertEquals(Duration.ofMillis(80), option.convert("80ms"));
    assertEquals(Duration.ofSeconds(2), option.convert("2s"));
    assertEquals(Duration.ZERO, option.convert("0ms"));
  }

  @Test
  void aTimeWithoutUnitIsRefused() {
    assertThrows(TypeConversionException.class, () -> option.convert("80"));
    assertThrows(TypeConversionException.class, () -> option.convert("-1ms"));
  }
}
