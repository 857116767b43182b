package dev.penstock.streams;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Optional;

/** Tables that count the rows that are read and written. */
final class CountedTables implements Tables {
  private final Tables below;
  private int rows;

  CountedTables(Tables below) {
    this.below = below;
  }

  int rows() {
    return rows;
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    rows++;
    return below.get(table, key);
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    rows++;
    below.put(table, key, row);
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    rows++;
    below.delete(table, key);
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    return counted(below.scan(table, prefix, limit));
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return counted(below.range(table, from, to, limit));
  }

  private <T> List<T> counted(List<T> answer) {
    rows += answer.size();
    return answer;
  }
}
