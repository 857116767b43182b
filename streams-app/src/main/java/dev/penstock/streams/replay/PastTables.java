package dev.penstock.streams.replay;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tables as they were: after the last record that was appended at a moment or earlier. */
public final class PastTables {
  private final History history;
  private final Progress progress;

  public PastTables(History history, Progress progress) {
    this.history = history;
    this.progress = progress;
  }

  /**
   * The rows of these scopes (none: all) at each of the moments, which ascend.
   *
   * @throws NotReplayable when what is kept of a scope's log does not reach back to the first one
   */
  public List<MemoryTables> at(Collection<Scope> scopes, List<Instant> moments)
      throws LogFailed, IOException, NotReplayable {
    var answers = new ArrayList<MemoryTables>();
    moments.forEach(_ -> answers.add(new MemoryTables()));
    var recorded = Recorded.of(history);
    for (var owned : recorded.owned(scopes).entrySet()) {
      var since = Optional.of(moments.getFirst());
      try (var rebuild = Rebuild.begin(recorded, owned.getKey(), owned.getValue(), since)) {
        for (int i = 0; i < moments.size(); i++) {
          read(rebuild, owned.getKey(), moments.get(i));
          copy(rebuild.tables(), answers.get(i));
        }
      }
    }
    return answers;
  }

  private void read(Rebuild rebuild, int partition, Instant until)
      throws LogFailed, IOException, NotReplayable {
    var next = rebuild.next(Optional.of(until));
    while (next.isPresent()) {
      rebuild.take(next.get());
      progress.read(partition, next.get().position());
      next = rebuild.next(Optional.of(until));
    }
  }

  private static void copy(Tables from, MemoryTables to) {
    Table.all().forEach(table -> copy(table, from, to));
  }

  private static <R extends Row> void copy(Table<R> table, Tables from, MemoryTables to) {
    from.scan(table, "").forEach(entry -> to.put(table, entry.key(), entry.row()));
  }
}
