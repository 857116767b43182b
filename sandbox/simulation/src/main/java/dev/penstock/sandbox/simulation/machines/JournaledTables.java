package dev.penstock.sandbox.simulation.machines;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables whose latest writes can be undone, for a transaction that is aborted. */
final class JournaledTables implements Tables {
  private final Tables below;
  private final List<Before<?>> writes = new ArrayList<>();

  /** A row before it was written. */
  private record Before<R extends Row>(Table<R> table, String key, Optional<R> row) {
    private void restore(Tables tables) {
      row.ifPresentOrElse(
          before -> tables.put(table, key, before), () -> tables.delete(table, key));
    }
  }

  JournaledTables(Tables below) {
    this.below = below;
  }

  /** What was written so far stays. */
  void keep() {
    writes.clear();
  }

  /** What was written since {@link #keep} was not. */
  void undo() {
    for (var write : writes.reversed()) {
      write.restore(below);
    }
    writes.clear();
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return below.get(table, key);
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    remember(table, key);
    below.put(table, key, row);
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    remember(table, key);
    below.delete(table, key);
  }

  private <R extends Row> void remember(Table<R> table, String key) {
    writes.add(new Before<>(table, key, below.get(table, key)));
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    return below.scan(table, prefix, limit);
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return below.range(table, from, to, limit);
  }
}
