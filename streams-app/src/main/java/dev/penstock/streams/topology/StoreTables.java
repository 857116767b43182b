package dev.penstock.streams.topology;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.StoreScans;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tables as the stores of one stream task; every write goes to the store's changelog in the
 * task's transaction.
 */
final class StoreTables implements Tables {
  private final Map<String, KeyValueStore<String, Row>> stores = new LinkedHashMap<>();

  StoreTables(ProcessorContext<?, ?> context) {
    for (var table : Table.all()) {
      stores.put(table.name(), context.getStateStore(table.name()));
    }
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return Optional.ofNullable(store(table).get(key)).map(table.type()::cast);
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    store(table).put(key, row);
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    store(table).delete(key);
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    return StoreScans.scan(store(table), table, prefix, limit);
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return StoreScans.range(store(table), table, from, to, limit);
  }

  private KeyValueStore<String, Row> store(Table<? extends Row> table) {
    var store = stores.get(table.name());
    if (store == null) {
      throw new IllegalArgumentException("no such table: " + table.name());
    }
    return store;
  }
}
