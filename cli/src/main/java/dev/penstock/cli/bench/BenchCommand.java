package dev.penstock.cli.bench;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.OutputOptions;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.broker.StartFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock bench}: the pipeline beside the log's own speed, in the same run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the pipeline beside what Kafka itself takes in the same run: the latency of an",
      "endpoint change, events a second, the restore of many stacks, and their memory.",
      "About five minutes on two cores. Exit code 1: a target is missed."
    },
    subcommands = ScenariosCommand.class)
public final class BenchCommand implements Callable<Integer> {
  private static final int MOST_STACKS = 90_000;
  private static final int GROUPS = 5;

  @Mixin private OutputOptions output = new OutputOptions();

  /** What can be measured. */
  enum Part {
    LATENCY,
    EVENTS,
    RESTORE
  }

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "latency|events|restore",
      description = "these parts alone")
  private List<Part> only = List.of(Part.values());

  @Option(
      names = "--stacks",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description = "stacks whose tables are restored (default: ${DEFAULT-VALUE})")
  private int stacks;

  @Option(
      names = "--recorded",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "stacks that are built for real to record events (default: ${DEFAULT-VALUE})")
  private int recorded;

  @Option(
      names = "--samples",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "endpoint changes whose latency is taken (default: ${DEFAULT-VALUE})")
  private int samples;

  @Override
  public Integer call() throws Exception {
    if (stacks < 1 || stacks > MOST_STACKS || recorded < 1 || recorded > 300 || samples < 1) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--stacks must be 1 to %d, --recorded 1 to 300, --samples at least 1"
              .formatted(MOST_STACKS));
    }
    var progress = output.progress();
    return BenchRun.of(output, means -> measure(means, progress));
  }

  private BenchReport measure(BenchRun.Means means, PrintWriter progress)
      throws IOException, InterruptedException, LogFailed, StartFailed {
    var machine = Hardware.now(means.timing().now());
    var findings = new Findings(progress);
    findings.note(
        "Every part ran on this machine at the same time: broker, API server, AWS simulator and"
            + " all roles. Compare figures with the raw ones of the same run, not with other"
            + " machines.");
    progress.printf("penstock bench: %s%n", machine.text());
    progress.flush();
    try (var world = BenchWorld.start(means.folder(), means.timing(), means.random());
        var rig =
            new Rig(
                world,
                means.folder(),
                means.timing(),
                means.random(),
                progress,
                new Rig.Conditions(Duration.ZERO, false))) {
      if (only.contains(Part.LATENCY)) {
        new LatencyBench(samples).run(rig, findings);
      }
      if (only.contains(Part.EVENTS) || only.contains(Part.RESTORE)) {
        replays(means, rig, findings);
      }
    }
    return findings.report(commandText(), machine);
  }

  /** Records the events of real stacks; then no role runs any more, and they are replayed. */
  private void replays(BenchRun.Means means, Rig rig, Findings findings)
      throws IOException, InterruptedException, LogFailed {
    var template = rig.stacks(recorded, GROUPS).getLast();
    rig.roles().stop(rig.active());
    var recording = Recording.of(rig.world().connection(), BenchWorld.CATALOGUE);
    if (only.contains(Part.EVENTS)) {
      new EventsBench(rig, means.folder()).run(recording, findings);
    }
    if (only.contains(Part.RESTORE)) {
      new RestoreBench(rig, means.folder(), stacks).run(recording, template, findings);
    }
  }

  private String commandText() {
    return "penstock bench --only %s --samples %d --recorded %d --stacks %d"
        .formatted(
            String.join(
                ",", only.stream().map(part -> part.name().toLowerCase(Locale.ROOT)).toList()),
            samples,
            recorded,
            stacks);
  }
}
