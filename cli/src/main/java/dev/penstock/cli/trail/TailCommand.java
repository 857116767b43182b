package dev.penstock.cli.trail;

import dev.penstock.cli.CommonOptions;
import dev.penstock.cli.config.LogAddress;
import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.Entry;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.Start;
import dev.penstock.edges.log.TopicReader;
import dev.penstock.edges.log.WireCodec;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock tail}: the change stream as it comes. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Follows the change stream (penstock.changes) until Ctrl-C.")
public final class TailCommand implements Callable<Integer> {
  private static final Duration STEP = Duration.ofMillis(500);

  private final InstantSource clock;
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private @Nullable CommandSpec spec;

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
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var start = start();
    var address = LogAddress.of(common.config());
    var codec =
        WireCodec.open(
            SchemaRegistry.open(address.connection()),
            address.catalogue(),
            Topics.CHANGES,
            Change.class);
    var selection = TopicReader.Selection.all(Topics.CHANGES, start);
    try (var reader =
        TopicReader.open(address.connection(), address.catalogue(), codec, selection)) {
      if (once) {
        reader.toEnd(entry -> show(entry, out));
      }
      while (!once && !out.checkError()) {
        reader.next(STEP).forEach(entry -> show(entry, out));
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

  private void show(Entry<Change> entry, PrintWriter out) {
    if (entry.value().orElse(null) instanceof Decoded.Ok<Change>(var change)
        && TrailFilter.contains(change.subject(), resource)) {
      out.println(common.json() ? RecordJson.write(change) : TrailText.of(change));
      out.flush();
    }
  }
}
