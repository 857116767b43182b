package dev.penstock.cli.replay;

import dev.penstock.cli.CommandFailed;
import dev.penstock.cli.ExitCode;
import dev.penstock.cli.trail.Moment;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.json.RecordJson;
import dev.penstock.streams.replay.NotReplayable;
import dev.penstock.streams.replay.PastTables;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock state}: the tables as they were, and what changed. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the reconciler's rows as they were at a moment, or what changed between two. Rebuilds",
      "them from the log: nothing needs to run but its broker, or nothing at all with a log file."
    },
    footer = {
      "",
      "Examples: penstock state --at 2h --resource default/web",
      "          penstock state --diff 2026-01-31T08:00:00Z now --from log.avro -o json"
    })
public final class StateCommand implements Callable<Integer> {
  private final InstantSource clock;
  @Mixin private HistoryOptions log = new HistoryOptions();

  @ArgGroup private When when = new When();

  /** One moment, or two. */
  static final class When {
    @Option(
        names = "--at",
        paramLabel = "TIME|DURATION|now",
        description = "15m, 2h, 7d ago, a date, an ISO 8601 time, or now (default)")
    private @Nullable String at;

    @Option(
        names = "--diff",
        arity = "2",
        paramLabel = "TIME|DURATION|now",
        description = "what changed from the first of these moments to the second")
    private List<String> diff = new ArrayList<>();

    List<String> moments() {
      return diff.isEmpty() ? List.of(at == null ? "now" : at) : diff;
    }
  }

  @Option(
      names = "--resource",
      paramLabel = "TEXT",
      description = "only rows of resources or objects whose key contains this")
  private String resource = "";

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "only rows of this table: desired, observed, verdicts, objects, …; a wrong name"
              + " is answered with all of them")
  private String table = "";

  public StateCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    var moments = new ArrayList<Instant>();
    for (var text : when.moments()) {
      moments.add(text.equals("now") ? Instant.MAX : Moment.parse(text, clock.instant()));
    }
    if (!moments.equals(moments.stream().sorted().toList())) {
      throw new CommandFailed(ExitCode.USAGE, "--diff: the first moment must be the earlier one");
    }
    if (!table.isEmpty() && Table.all().stream().noneMatch(it -> it.name().equals(table))) {
      var tables = Table.all().stream().map(Table::name).toList();
      throw new CommandFailed(
          ExitCode.USAGE, "--table: there is no table %s, only %s".formatted(table, tables));
    }
    try (var history = log.open()) {
      show(read(history, moments), new RowFilter(resource, table));
    }
    log.common().out().flush();
    return ExitCode.DONE.number();
  }

  private void show(List<MemoryTables> tables, RowFilter filter) {
    var common = log.common();
    var shown = 0;
    if (tables.size() == 1) {
      for (var row : StateRows.of(tables.getFirst(), filter)) {
        common.say(RecordJson.write(row), row.text());
        shown++;
      }
    } else {
      for (var change : StateRows.between(tables.getFirst(), tables.getLast(), filter)) {
        common.say(RecordJson.write(change), change.text());
        shown++;
      }
    }
    if (shown == 0 && !common.json()) {
      common.out().println(tables.size() == 1 ? "No row fits." : "No row that fits changed.");
    }
  }

  private List<MemoryTables> read(History history, List<Instant> moments)
      throws LogFailed, IOException, NotReplayable {
    return new PastTables(history, new ProgressLine(history, log.common().err(), clock))
        .at(log.scopes(), moments);
  }
}
