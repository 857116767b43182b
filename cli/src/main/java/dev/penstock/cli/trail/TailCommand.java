package dev.penstock.cli.trail;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.edges.log.Start;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock tail}: the change stream as it comes. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Follows the change stream (penstock.changes) until Ctrl-C.")
public final class TailCommand implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(500);

  private final InstantSource clock;
  @Mixin private TrailOptions options = new TrailOptions();

  @Option(names = "--once", description = "stop at the end; without --since, show all that is kept")
  private boolean once;

  public TailCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    var out = options.common().out();
    try (var reader = options.open(Topics.CHANGES, Change.class, start())) {
      if (once) {
        reader.toEnd(change -> show(change, out));
      }
      while (!once && !out.checkError()) {
        reader.next(STEP, change -> show(change, out));
      }
    }
    return ExitCode.DONE.number();
  }

  private Start start() throws CommandFailed {
    return options
        .since(clock.instant())
        .<Start>map(Start.Since::new)
        .orElseGet(once ? Start.Beginning::new : Start.Now::new);
  }

  private void show(Change change, PrintWriter out) {
    if (TrailFilter.contains(change.subject(), options.resource())) {
      options.common().say(RecordJson.write(change), TrailText.of(change));
      out.flush();
    }
  }
}
