package dev.penstock.cli.bench;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.Folder;
import dev.penstock.cli.OutputOptions;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Gives a measurement the real clock, real waiting, chance, and a folder of its own. */
final class BenchRun {
  private BenchRun() {}

  /** What a measurement is given. */
  record Means(Path folder, Timing timing, RandomGenerator random) {}

  /** What is measured. */
  interface Measurement {
    BenchReport with(Means means) throws IOException, InterruptedException, LogFailed, StartFailed;
  }

  /** Prints the report; answers the exit code, which says whether every target is met. */
  static int of(OutputOptions output, Measurement measurement)
      throws CommandFailed, IOException, InterruptedException {
    var report = measured(measurement);
    if (output.json()) {
      output.out().println(report.json());
      output.out().flush();
    } else {
      report.print(output.out());
    }
    return (report.met() ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private static BenchReport measured(Measurement measurement)
      throws CommandFailed, IOException, InterruptedException {
    var folder = Files.createTempDirectory("penstock-bench");
    try {
      var timing = new Timing(Clock.systemUTC(), Thread::sleep);
      return measurement.with(new Means(folder, timing, new SecureRandom()));
    } catch (LogFailed | StartFailed e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
    } finally {
      Folder.remove(folder);
    }
  }
}
