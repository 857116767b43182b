package dev.penstock.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.simulation.run.Batch;
import dev.penstock.sandbox.simulation.run.Coverage;
import dev.penstock.sandbox.simulation.run.Runner;
import dev.penstock.sandbox.simulation.run.ScriptResult;
import dev.penstock.sandbox.simulation.run.Shrinker;
import dev.penstock.sandbox.simulation.script.Family;
import dev.penstock.sandbox.simulation.script.Scenario;
import dev.penstock.sandbox.simulation.script.Wishes;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock simulate}: the pipeline under what a seed draws, on a virtual clock. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline on a virtual clock through what each seed draws: work of users, and",
      "faults of clusters, AWS and people. Invariants are checked after every event; then the"
          + " faults",
      "end, and the world must become what is wanted, and stay silent for an hour. Scenarios:",
      "rollout, groups, names, outage, neighbours, machines, everything"
          + " (sandbox/simulation/SEEDS.md).",
      "Exit code 1: a seed failed; it is shown with its events, and the command that repeats it."
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final int SHRUNK = 3;
  private static final int SHRINKING_RUNS = 80;
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final String NONE = "none";

  private final Clock clock;
  private final List<ScriptResult.Failed> failed = new ArrayList<>();
  private final Coverage coverage = Coverage.none();
  private int done;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--seeds",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "the first one (default: ${DEFAULT-VALUE})")
  private long from;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "EVERYTHING",
      description = "what the seeds are about (default: everything)")
  private Scenario scenario = Scenario.EVERYTHING;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "clusters|aws|hands|rivals|operators|machines|none",
      description =
          "what may go wrong beside the work of users (default: all that the scenario has)")
  private List<String> faults = List.of();

  SimulateCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    var unknown = faults.stream().filter(word -> !words().contains(word)).toList();
    if (seeds < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--seeds must be positive");
    }
    if (!unknown.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "--faults are " + words() + ", not " + unknown);
    }
    OwnLog.hush();
    run(output.err());
    if (output.json()) {
      output.out().println(json());
    } else {
      report(output.out());
    }
    return failed.isEmpty() ? ExitCode.DONE.number() : ExitCode.FAILED.number();
  }

  private void run(PrintWriter err) throws InterruptedException {
    var start = clock.instant();
    var told = new Instant[] {start};
    var batch = new Batch(wishes(), Runtime.getRuntime().availableProcessors());
    batch.run(
        from,
        seeds,
        outcome -> {
          take(outcome, err);
          var now = clock.instant();
          if (!told[0].plus(PROGRESS).isAfter(now) || done == seeds) {
            told[0] = now;
            progress(err, Duration.between(start, now));
          }
        });
  }

  private void take(ScriptResult outcome, PrintWriter err) {
    done++;
    coverage.add(outcome.coverage());
    if (outcome instanceof ScriptResult.Failed failure) {
      failed.add(failure);
      err.printf("seed %d failed: %s%n", failure.script().seed(), first(failure.failure()));
      err.flush();
    }
  }

  private void progress(PrintWriter err, Duration taken) {
    var perSecond = done / Math.max(taken.toMillis() / 1000.0, 0.001);
    err.printf(
        Locale.ROOT,
        "%d of %d seeds, %d failed, %.1f a second%n",
        done,
        seeds,
        failed.size(),
        perSecond);
    err.flush();
  }

  private void report(PrintWriter out) {
    out.println("How often each kind of thing occurred:");
    out.print(coverage.text());
    out.printf("Records in the log of a seed, median: %d%n", coverage.medianRecords());
    for (int n = 0; n < failed.size(); n++) {
      tell(out, failed.get(n), n < SHRUNK);
    }
    out.printf("%d passed, %d failed%n", done - failed.size(), failed.size());
    out.flush();
  }

  private ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("passed", done - failed.size()).put("failed", failed.size());
    json.put("medianRecords", coverage.medianRecords());
    var failures = json.putArray("failures");
    for (var outcome : failed) {
      failures
          .addObject()
          .put("seed", outcome.script().seed())
          .put("after", outcome.failure().after().toString())
          .put("rule", outcome.failure().rule())
          .put("text", outcome.failure().text())
          .put("repeat", repeat(outcome.script().seed()));
    }
    var counts = json.putObject("coverage");
    coverage
        .counts()
        .forEach((category, kinds) -> {
          var counted = counts.putObject(category);
          kinds.forEach(counted::put);
        });
    return json;
  }

  private void tell(PrintWriter out, ScriptResult.Failed outcome, boolean shrink) {
    var script = outcome.script();
    var failure = outcome.failure();
    out.printf(
        "%nseed %d failed after %s: %s: %s%n",
        script.seed(), failure.after(), failure.rule(), failure.text());
    out.printf("repeat it: %s%n", repeat(script.seed()));
    if (shrink) {
      out.flush();
      var small =
          new Shrinker(shorter ->
              Runner.run(shorter) instanceof ScriptResult.Failed again
                  && again.failure().rule().equals(failure.rule()))
              .shrink(script, SHRINKING_RUNS);
      out.printf(
          "it fails alike with these of its events, on %s:%n%s", small.fleet(), small.text());
    }
  }

  private String repeat(long seed) {
    var text = new StringBuilder("./penstock simulate --seeds 1 --from " + seed);
    text.append(" --scenario ").append(scenario.name().toLowerCase(Locale.ROOT));
    if (!faults.isEmpty()) {
      text.append(" --faults ").append(String.join(",", faults));
    }
    return text.toString();
  }

  private static String first(ScriptResult.Failure failure) {
    return failure.rule() + ": " + failure.text().lines().findFirst().orElse("");
  }

  private Wishes wishes() {
    return faults.isEmpty() ? Wishes.of(scenario) : new Wishes(scenario, troubles());
  }

  private Set<Family> troubles() {
    return Arrays.stream(Family.values())
        .filter(family -> faults.contains(family.word()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
  }

  private static List<String> words() {
    var words = new ArrayList<String>();
    Arrays.stream(Family.values())
        .filter(family -> !family.isWork())
        .forEach(family -> words.add(family.word()));
    words.add(NONE);
    return words;
  }
}
