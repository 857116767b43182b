package dev.penstock.cli.bench;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/** Gives a run the real clock, real waiting, chance, and a folder of its own. */
final class BenchMain {
  private BenchMain() {}

  /** What a run is given. */
  record Means(Path folder, Timing timing, RandomGenerator random) {}

  /** A measurement. */
  interface Run {
    Report with(Means means) throws IOException, InterruptedException, LogFailed, StartFailed;
  }

  static Report run(Run run) throws CommandFailed, IOException, InterruptedException {
    var folder = Files.createTempDirectory("penstock-bench");
    try {
      var timing = new Timing(Clock.systemUTC(), Thread::sleep);
      return run.with(new Means(folder, timing, new SecureRandom()));
    } catch (LogFailed | StartFailed e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
