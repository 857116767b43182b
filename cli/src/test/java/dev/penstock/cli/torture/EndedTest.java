package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.penstock.cli.ExitCode;
import org.junit.jupiter.api.Test;

/** Which exits are no defect. */
final class EndedTest {
  private static final int ABORTED = 134;

  @Test
  void onlyAStartThatCouldNotReachWhatItNeedsIsChosen() {
    for (var code : ExitCode.values()) {
      var ended = new Ended(Seat.APPLY_A, code.number());
      assertEquals(code == ExitCode.UNREACHABLE, ended.chosen(), ended.toString());
    }
    assertFalse(new Ended(Seat.STREAM_B, ABORTED).chosen());
  }
}
