package dev.penstock.streams.tables;

import dev.penstock.schemas.table.Row;
import java.util.List;
import java.util.Optional;

/**
 * The reconciler's memory. Scans answer in the order of the keys' UTF-8 bytes and are snapshots: a
 * write during the loop over an answer does not change it.
 */
public interface Tables {
  <R extends Row> Optional<R> get(Table<R> table, String key);

  <R extends Row> void put(Table<R> table, String key, R row);

  void delete(Table<? extends Row> table, String key);

  /** At most {@code limit} rows whose keys begin with the prefix. */
  <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit);

  /**
   * At most {@code limit} rows whose keys are not before {@code from} and before {@code to}. Unlike
   * a scan of all that begins alike, it costs nothing for what lies beyond.
   */
  <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit);

  /** All rows whose keys begin with the prefix. */
  default <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix) {
    return scan(table, prefix, Integer.MAX_VALUE);
  }

  /** At most {@code limit} rows whose keys begin with the prefix and come after that key. */
  default <R extends Row> List<Entry<R>> after(
      Table<R> table, String prefix, String key, int limit) {
    // The next possible key is the same with the least character behind it.
    var from = MemoryTables.BY_UTF_8.compare(key, prefix) < 0 ? prefix : key + '\0';
    var to = prefix + Character.toString(Character.MAX_CODE_POINT);
    return MemoryTables.BY_UTF_8.compare(from, to) < 0 ? range(table, from, to, limit) : List.of();
  }

  /** A row with its key. */
  record Entry<R extends Row>(String key, R row) {}
}
