package dev.penstock.cli.trail;

import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.Start;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--since",
      paramLabel = "TIME|DURATION",
      description = "begin there, not now: 15m, 2h, 7d, a date, or an ISO 8601 time")
  private @Nullable String since;

  @Option(
      names = "--resource",
      paramLabel = "TEXT",
      description = "only changes of subjects whose key contains this")
  private String resource = "";

  @Option(names = "--once", description = "stop at the end; without --since, show all that is kept")
  private boolean once;

  public TailCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    var out = common.out();
    var start = start();
    var err = common.err();
    try (var reader =
        TrailReader.open(
            LogAddress.of(common.config()), Topics.CHANGES, Change.class, start, err)) {
      if (once) {
        reader.toEnd(change -> show(change, out));
      }
      while (!once && !out.checkError()) {
        reader.next(STEP, change -> show(change, out));
      }
    }
    return 0;
  }

  private Start start() throws Exception {
    if (since != null) {
      return new Start.Since(Moment.parse(since, clock.instant()));
    }
    return once ? new Start.Beginning() : new Start.Now();
  }

  private void show(Change change, PrintWriter out) {
    if (TrailFilter.contains(change.subject(), resource)) {
      out.println(common.json() ? RecordJson.write(change) : TrailText.of(change));
      out.flush();
    }
  }
}
