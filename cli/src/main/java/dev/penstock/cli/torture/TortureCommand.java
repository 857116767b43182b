package dev.penstock.cli.torture;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.Folder;
import dev.penstock.cli.OutputOptions;
import dev.penstock.cli.OwnLog;
import dev.penstock.cli.bench.Timing;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock torture}: real processes, killed, stopped and cut off at random. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description = {
      "Runs watch, stream and apply as processes between a real broker, two simulated clusters and",
      "the AWS simulator, while users work: two Regions and the names of an account in one",
      "pipeline. A seed draws what is done meanwhile: kill -9 at random points of rolling updates,",
      "by turns with the same instance back and with another one that takes over, SIGSTOP and",
      "SIGCONT, broker restarts, networks cut or stalled between any two. The checks of the",
      "simulation judge every call; at the end the world must be what is wanted, silent, and told",
      "by a whole audit trail, and the log is replayed. Keep the machine quiet: recovery is",
      "measured in real time.",
      "Exit code 1: something did not hold; the folder with what each process said is kept."
    })
public final class TortureCommand implements Callable<Integer> {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int APPS = 3;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--minutes",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "of trouble, before the end is checked (default: ${DEFAULT-VALUE})")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "the same one does the same deeds in the same order (default: 1)")
  private long seed;

  @Override
  public Integer call() throws Exception {
    if (minutes < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--minutes must be positive");
    }
    OwnLog.hush();
    var folder = Files.createTempDirectory("penstock-torture");
    try {
      var failures = run(folder);
      if (failures.isEmpty()) {
        Folder.remove(folder);
        output.progress().println("torture: passed");
      } else {
        output.progress().println("what each process said: " + folder);
        output
            .progress()
            .printf("torture: failed: %s%s%n", failures.getFirst(), more(failures.size() - 1));
      }
      output.progress().flush();
      return (failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).number();
    } catch (LogFailed | StartFailed e) {
      throw new CommandFailed(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  private static String more(int others) {
    return others == 0 ? "" : " (and %d more)".formatted(others);
  }

  private List<String> run(Path folder)
      throws IOException, InterruptedException, LogFailed, StartFailed {
    var random = RandomGenerator.of("L64X128MixRandom");
    var timing = new Timing(Clock.systemUTC(), Thread::sleep);
    var plan = new Torture.Plan(seed, Duration.ofMinutes(minutes), SILENCE, APPS);
    try (var torture = new Torture(plan, folder, timing, random, output.progress())) {
      output.progress().printf("penstock torture --minutes %d --seed %d%n", minutes, seed);
      var failures = torture.run();
      output.progress().printf("%n%s%n", torture.tally().text());
      torture.notes().forEach(output.progress()::println);
      if (output.json()) {
        output.out().println(torture.tally().json(failures, torture.exits()));
      }
      return failures;
    }
  }
}
