package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What {@code simulate} prints, and its exit codes. */
class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int simulate(String arguments) {
    return PenstockMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(("simulate " + arguments).split(" "));
  }

  @Test
  void theLastLineCountsTheSeedsAndWhatNeverOccurredIsNamed() {
    assertEquals(
        0, simulate("--seeds 2 --from 3 --scenario rollout --faults none"), err.toString());

    var lines = out.toString().lines().toList();
    assertEquals("2 passed, 0 failed", lines.getLast());
    assertTrue(lines.stream().anyMatch(l -> l.contains("never") && l.contains("Throttles")));
    assertTrue(err.toString().contains("2 of 2 seeds, 0 failed"), err.toString());
  }

  @Test
  void aFaultThatDoesNotExistIsWrongUsage() {
    assertEquals(2, simulate("--faults weather"));
    assertTrue(err.toString().contains("not [weather]"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aScenarioThatDoesNotExistIsWrongUsage() {
    assertEquals(2, simulate("--scenario weather"));
    assertTrue(err.toString().contains("weather"), err.toString());
  }
}
