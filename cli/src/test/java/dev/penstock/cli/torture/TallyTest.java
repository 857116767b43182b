package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of what was done and survived. */
final class TallyTest {
  @Test
  void aLineCountsWhatWasSurvivedAndTellsTheMiddleAndTheWorstRecovery() {
    var tally = new Tally();
    for (var millis : List.of(3_000, 1_000, 2_000)) {
      tally.add("kill", Optional.of(Duration.ofMillis(millis)));
    }
    tally.add("kill", Optional.empty());
    tally.add("cut", Optional.of(Duration.ZERO));
    assertEquals(
        List.of(new Tally.Line("cut", 1, 1, 0, 0), new Tally.Line("kill", 4, 3, 2, 3)),
        tally.lines());
    assertTrue(tally.text().contains("kill      4         3           2.0 / 3.0 s"), tally.text());
  }

  @Test
  void whatNothingRecoveredFromHasNoTimes() {
    var tally = new Tally();
    tally.add("kill", Optional.empty());
    assertEquals(List.of(new Tally.Line("kill", 1, 0, 0, 0)), tally.lines());
  }

  @Test
  void theReportForToolsHoldsWhatFailedAndWhoEnded() {
    var json = new Tally().json(List.of("I2: x"), List.of("apply (a) with 4"));
    assertEquals("{\"lines\":[],\"failures\":[\"I2: x\"],\"ended\":[\"apply (a) with 4\"]}", json);
  }
}
