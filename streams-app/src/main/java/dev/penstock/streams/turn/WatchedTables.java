package dev.penstock.streams.turn;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tables that remember whether they ever failed: what they throw goes through as it is. */
final class WatchedTables implements Tables {
  private final Tables below;
  private boolean failed;

  WatchedTables(Tables below) {
    this.below = below;
  }

  boolean failed() {
    return failed;
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return watched(() -> below.get(table, key));
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    below.put(table, key, row);
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    below.delete(table, key);
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    return watched(() -> below.scan(table, prefix, limit));
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return watched(() -> below.range(table, from, to, limit));
  }

  private <T> T watched(Supplier<T> read) {
    failed = true;
    var answer = read.get();
    failed = false;
    return answer;
  }
}
