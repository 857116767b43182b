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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock bench scenarios}: what the peers were measured in, measured here. */
@Command(
    name = "scenarios",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the scenarios that the AWS Load Balancer Controller and external-dns were measured in,",
      "against the simulator, and prints the figures beside theirs and beside the targets:",
      "1 one Ingress created, 2 pods replaced, 3 an unchanged touch, 4 restart, 5 take-over.",
      "Every role runs as a process of its own. All of it takes about ten minutes on two cores.",
      "Exit code 1: a target is missed, or a scenario failed."
    })
final class ScenariosCommand implements Callable<Integer> {
  private static final int MOST_STACKS_REPLACED = 20;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "80ms",
      converter = LatencyOption.class,
      description = "until AWS answers a call, such as 0ms or 80ms (default: ${DEFAULT-VALUE})")
  private Duration latency = Duration.ofMillis(80);

  @Option(
      names = "--throttle",
      description = "AWS's published request rates are enforced in all scenarios, not in 2 alone")
  private boolean throttle;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NUMBER",
      description = "these scenarios alone, such as 1,3")
  private List<Integer> only = List.of(1, 2, 3, 4, 5);

  @Option(
      names = "--stacks",
      paramLabel = "NUMBER",
      defaultValue = "200",
      description =
          "stacks of 5 target groups in 4 and 5, at most 20 of them in 2"
              + " (default: ${DEFAULT-VALUE}, at most 300)")
  private int stacks;

  @Override
  public Integer call() throws Exception {
    if (stacks < 1 || stacks > 300) {
      throw new CommandFailed(ExitCode.USAGE, "--stacks must be 1 to 300");
    }
    var known = scenarios().stream().map(BenchScenario::number).toList();
    if (!known.containsAll(only)) {
      throw new CommandFailed(ExitCode.USAGE, "--only: there are the scenarios " + known);
    }
    var progress = output.progress();
    return BenchRun.of(output, means -> measure(means, progress));
  }

  private BenchReport measure(BenchRun.Means means, PrintWriter progress)
      throws IOException, InterruptedException, LogFailed, StartFailed {
    var machine = Hardware.now(means.timing().now());
    var findings = new Findings(progress);
    notes(findings);
    progress.printf("penstock bench scenarios: %s%n", machine.text());
    progress.flush();
    try (var world = BenchWorld.start(means.folder(), means.timing(), means.random());
        var rig =
            new Rig(
                world,
                means.folder(),
                means.timing(),
                means.random(),
                progress,
                new Rig.Conditions(latency, throttle))) {
      for (var scenario : scenarios()) {
        if (only.contains(scenario.number())) {
          attempt(scenario, rig, findings);
        }
      }
    }
    return findings.report(commandText(), machine);
  }

  /** A scenario that fails is said in the report and costs the others nothing. */
  private static void attempt(BenchScenario scenario, Rig rig, Findings findings)
      throws IOException, InterruptedException {
    try {
      scenario.run(rig, findings);
    } catch (BenchFailed e) {
      rig.say("scenario " + scenario.number() + " FAILED: " + e.getMessage());
      findings.add(
          Figure.of(scenario.number() + "  failed", String.valueOf(e.getMessage()), 1, "failure")
              .atMost(0));
    }
  }

  private List<BenchScenario> scenarios() {
    return List.of(
        new CreateScenario(),
        new ReplaceScenario(Math.min(stacks, MOST_STACKS_REPLACED)),
        new TouchScenario(),
        new RestartScenario(stacks),
        new TakeoverScenario(stacks));
  }

  private void notes(Findings findings) {
    findings.note(
        "Peers: the AWS Load Balancer Controller (LBC, after v3.5.0), run black-box on two cores"
            + " against a fake AWS, as in the project's baseline.md; times are theirs at 80 ms a"
            + " call unless said otherwise. Its figures stand here for --latency 80ms.");
    findings.note(
        "World: %d ms a call, AWS's buckets %s; load balancers active and targets healthy at once;"
                .formatted(latency.toMillis(), throttle ? "on" : "off (on in 2, at once)")
            + " health check intervals and draining %d times faster than real;"
                .formatted(BenchWorld.SPEED)
            + " our own timers as in production. Fleets are built without limits and latency.");
    findings.note(
        "Clock: starts just before the EndpointSlice (or Ingress) is written, stops when"
            + " RegisterTargets with that address reaches AWS; in 4 and 5 it starts with the"
            + " process start or the signal.");
  }

  private String commandText() {
    return "penstock bench scenarios --latency %dms%s --stacks %d --only %s"
        .formatted(
            latency.toMillis(),
            throttle ? " --throttle" : "",
            stacks,
            String.join(",", only.stream().map(String::valueOf).toList()));
  }
}
