package dev.penstock.cli.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.bench.Timing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of trouble between real processes, then everything that must hold. */
final class TortureIT {
  @TempDir private Path folder;

  @Test
  void aProcessIsKilledDuringARollingUpdateAndEverythingHolds() throws Exception {
    var said = new StringWriter();
    var timing = new Timing(Clock.systemUTC(), Thread::sleep);
    var random = RandomGenerator.of("L64X128MixRandom");
    var plan = new Torture.Plan(1, Duration.ofSeconds(1), Duration.ofSeconds(5), 1);
    try (var torture = new Torture(plan, folder, timing, random, new PrintWriter(said, true))) {
      assertEquals(List.of(), torture.run(), said::toString);
      assertTrue(torture.writes() > 20, said::toString);
      assertFalse(torture.tally().lines().isEmpty(), said::toString);
      assertTrue(said.toString().contains("3 of 3 scopes intact"), said::toString);
      assertTrue(said.toString().contains("equal bit for bit"), said::toString);
    }
  }
}
