package dev.penstock.streams.tables;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads of a Kafka Streams store as {@link Tables} answers them. */
public final class StoreScans {
  private static final StringSerializer PREFIX = new StringSerializer();

  private StoreScans() {}

  /** At most {@code limit} rows whose keys begin with the prefix, in the order of the store. */
  public static <R extends Row> List<Entry<R>> scan(
      ReadOnlyKeyValueStore<String, ? extends Row> store,
      Table<R> table,
      String prefix,
      int limit) {
    // A store refuses an empty prefix.
    try (var rows = prefix.isEmpty() ? store.all() : store.prefixScan(prefix, PREFIX)) {
      return take(rows, table, limit);
    }
  }

  /** At most {@code limit} rows whose keys are not before {@code from} and before {@code to}. */
  public static <R extends Row> List<Entry<R>> range(
      ReadOnlyKeyValueStore<String, ? extends Row> store,
      Table<R> table,
      String from,
      String to,
      int limit) {
    // A store's range has its last key too.
    try (var rows = store.range(from, to)) {
      return take(rows, table, limit).stream().filter(entry -> !entry.key().equals(to)).toList();
    }
  }

  private static <R extends Row> List<Entry<R>> take(
      KeyValueIterator<String, ? extends Row> rows, Table<R> table, int limit) {
    var found = new ArrayList<Entry<R>>();
    while (rows.hasNext() && found.size() < limit) {
      var row = rows.next();
      found.add(new Entry<>(row.key, table.type().cast(row.value)));
    }
    return found;
  }
}
