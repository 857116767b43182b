package dev.penstock.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {
  @Test
  void ofHundredValuesEachPercentileIsTheValueOfThatRank() {
    var found =
        Percentiles.of(
            IntStream.rangeClosed(1, 100).mapToObj(i -> Duration.ofMillis(101 - i)).toList());
    assertEquals(new Percentiles(100, 50, 90, 99, 100), found);
  }

  @Test
  void theLastPercentileOfFewValuesIsTheirMaximum() {
    var found = Percentiles.of(List.of(Duration.ofMillis(3), Duration.ofMillis(1)));
    assertEquals(new Percentiles(2, 1, 3, 3, 3), found);
  }

  @Test
  void partsOfAMillisecondAreKept() {
    assertEquals(0.25, Percentiles.of(List.of(Duration.ofNanos(250_000))).p50());
  }

  @Test
  void anEmptySampleHasNoPercentile() {
    assertThrows(IllegalArgumentException.class, () -> Percentiles.of(List.of()));
  }
}
