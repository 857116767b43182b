package dev.penstock.cli.replay;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.trail.Moment;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.NotReplayable;
import dev.penstock.streams.replay.Replay;
import dev.penstock.streams.replay.Report;
import dev.penstock.streams.replay.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock replay}: does the log still lead to what is recorded? */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the log again and compares every decision with the recorded one. Rebuilds the tables",
      "from the beginning or a checkpoint, and compares audit records with their hashes, commands",
      "with their ids, changes and checkpoints, bit for bit. Writes nothing. Exit code 1:"
          + " something",
      "differs; the first difference of each scope is shown with the record that led to it."
    },
    footer = {
      "",
      "Examples: penstock replay --since 2d",
      "          penstock topics export log.avro; penstock replay --from log.avro --measure"
    })
public final class ReplayCommand implements Callable<Integer> {
  private final InstantSource clock;
  @Mixin private HistoryOptions log = new HistoryOptions();

  @Option(
      names = "--since",
      paramLabel = "TIME|DURATION",
      description =
          "begin at the newest checkpoint that is not younger: 2h, 7d, a date, or an ISO 8601 time"
              + " (default: as early as the log allows)")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME|DURATION",
      description = "read only what was appended until then (default: all)")
  private @Nullable String until;

  @Option(
      names = "--restart-every",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description =
          "restart after so many records: tables are read back from their bytes and the last"
              + " records are offered again (default: never)")
  private int restartEvery;

  @Option(
      names = "--measure",
      description = "also events a second, beside a loop that only reads the same log")
  private boolean measure;

  public ReplayCommand(InstantSource clock) {
    this.clock = clock;
  }

  /** Events a second, and those of a loop that only reads the same records. */
  record Speed(double eventsPerSecond, double rawPerSecond, double ratio) {}

  record Answer(boolean equal, Report replay, Optional<Speed> speed) {}

  @Override
  public Integer call() throws Exception {
    if (restartEvery < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--restart-every must not be negative");
    }
    var selection = new Selection(log.scopes(), moment(since), moment(until));
    var common = log.common();
    try (var history = log.open()) {
      var answer = run(history, selection, common.err());
      common.say(RecordJson.write(answer), ReplayText.of(answer).stripTrailing());
      common.out().flush();
      return (answer.equal() ? ExitCode.DONE : ExitCode.FAILED).number();
    }
  }

  private Optional<Instant> moment(@Nullable String text) throws CommandFailed {
    return text == null ? Optional.empty() : Optional.of(Moment.parse(text, clock.instant()));
  }

  private Answer run(History history, Selection selection, PrintWriter err)
      throws LogFailed, IOException, NotReplayable {
    var raw = measure ? Optional.of(raw(history)) : Optional.<Double>empty();
    var replay =
        new Replay(history, selection, restartEvery, new ProgressLine(history, err, clock));
    var begin = clock.instant();
    var report = replay.run();
    var rate = rate(report.events(), begin);
    return new Answer(report.equal(), report, raw.map(read -> new Speed(rate, read, rate / read)));
  }

  /** Records of penstock.events a second that can be read at all. */
  private double raw(History history) throws LogFailed, IOException {
    var begin = clock.instant();
    long records = 0;
    for (var span : history.spans()) {
      if (span.topic().equals(Topics.EVENTS) && !span.isEmpty()) {
        try (var cursor = history.open(span, span.beginning())) {
          while (cursor.next().isPresent()) {
            records++;
          }
        }
      }
    }
    return rate(records, begin);
  }

  private double rate(long records, Instant begin) {
    var took = Duration.between(begin, clock.instant());
    return 1000.0 * records / Math.max(1, took.toMillis());
  }
}
