package dev.penstock.streams.replay;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.replay.Report.ScopeReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a log again and compares every audit record, command, change and checkpoint with the
 * recorded ones, bit for bit (I3). Holds the tables of one partition at a time.
 */
public final class Replay {
  private final History history;
  private final Selection selection;
  private final int restartEvery;
  private final Progress progress;

  /**
   * @param restartEvery after so many records of a partition the tables are read back from their
   *     bytes and the last ones are offered again, as after a crash; 0 is never
   */
  public Replay(History history, Selection selection, int restartEvery, Progress progress) {
    this.history = history;
    this.selection = selection;
    this.restartEvery = restartEvery;
    this.progress = progress;
  }

  /**
   * Replays every selected scope.
   *
   * @throws NotReplayable when what is kept of a scope's log is not enough
   */
  public Report run() throws LogFailed, IOException, NotReplayable {
    var recorded = Recorded.of(history);
    var reports = new ArrayList<ScopeReport>();
    for (var owned : recorded.owned(selection.scopes()).entrySet()) {
      reports.addAll(replay(recorded, owned.getKey(), owned.getValue()));
    }
    reports.sort((a, b) -> a.scope().compareTo(b.scope()));
    return new Report(reports);
  }

  private List<ScopeReport> replay(Recorded recorded, int partition, List<Scope> scopes)
      throws LogFailed, IOException, NotReplayable {
    try (var rebuild = Rebuild.begin(recorded, partition, scopes, selection.since());
        var comparison = Comparison.open(history, partition, rebuild.starts())) {
      var batch = new ArrayList<RawRecord>();
      var next = rebuild.next(selection.until());
      while (next.isPresent()) {
        var record = next.get();
        var turned = rebuild.take(record);
        if (turned.isPresent()) {
          comparison.compare(turned.get());
        }
        batch.add(record);
        if (batch.size() >= restartEvery) {
          restart(rebuild, batch);
        }
        progress.read(partition, record.position());
        next = rebuild.next(selection.until());
      }
      return comparison.reports();
    }
  }

  private void restart(Rebuild rebuild, List<RawRecord> batch) throws NotReplayable {
    if (restartEvery > 0) {
      rebuild.restart();
      for (var record : batch) {
        if (rebuild.take(record).isPresent()) {
          throw new IllegalStateException("position " + record.position() + " was taken twice");
        }
      }
    }
    batch.clear();
  }
}
