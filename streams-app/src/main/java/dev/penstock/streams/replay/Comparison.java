package dev.penstock.streams.replay;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.streams.replay.Report.ScopeReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a partition's scopes decide again beside what is recorded. A scope with a difference is
 * compared no further: what follows from it would differ too.
 */
final class Comparison implements AutoCloseable {
  private final Map<Scope, Tally> tallies = new TreeMap<>();
  private final List<RecordedOutput<?>> outputs = new ArrayList<>();

  private Comparison(Map<Scope, ChainRow> starts) {
    starts.forEach((scope, start) -> tallies.put(scope, new Tally(start)));
  }

  /** How far a scope is. */
  private static final class Tally {
    final ChainRow start;
    ChainRow chain;
    Optional<Difference> difference = Optional.empty();

    Tally(ChainRow start) {
      this.start = start;
      this.chain = start;
    }
  }

  static Comparison open(History history, int partition, Map<Scope, ChainRow> starts)
      throws LogFailed, IOException {
    var comparison = new Comparison(starts);
    for (var output : Output.all()) {
      comparison.outputs.add(RecordedOutput.open(output, history, partition, comparison::wants));
    }
    return comparison;
  }

  private boolean wants(Scope scope, long seq) {
    var tally = tallies.get(scope);
    return tally != null && tally.difference.isEmpty() && seq > tally.start.seq();
  }

  void compare(Turned turn) throws LogFailed, IOException {
    var tally = tallies.get(turn.scope());
    if (tally == null || tally.difference.isPresent()) {
      return;
    }
    tally.chain = turn.chain();
    for (var output : outputs) {
      tally.difference = output.compare(turn);
      if (tally.difference.isPresent()) {
        return;
      }
    }
  }

  List<ScopeReport> reports() {
    var reports = new ArrayList<ScopeReport>();
    tallies.forEach((scope, tally) -> reports.add(report(scope, tally)));
    return reports;
  }

  private ScopeReport report(Scope scope, Tally tally) {
    var compared = new TreeMap<String, Long>();
    outputs.forEach(output -> compared.put(output.topic(), output.compared(scope)));
    return new ScopeReport(
        scope,
        tally.start.seq(),
        tally.chain.seq(),
        tally.chain.seq() - tally.start.seq(),
        compared,
        tally.chain.auditHash(),
        tally.difference);
  }

  @Override
  public void close() throws IOException {
    for (var output : outputs) {
      output.close();
    }
  }
}
