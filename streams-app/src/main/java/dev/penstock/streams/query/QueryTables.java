package dev.penstock.streams.query;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.StoreScans;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The tables of the scopes that this instance holds, for reading. A read during a rebalance fails
 * with {@link org.apache.kafka.streams.errors.InvalidStateStoreException}: ask again.
 */
public final class QueryTables implements Tables {
  private final KafkaStreams streams;

  public QueryTables(KafkaStreams streams) {
    this.streams = streams;
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return Optional.ofNullable(store(table).get(key));
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    throw new UnsupportedOperationException("queries do not write");
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    throw new UnsupportedOperationException("queries do not write");
  }

  /** In the order of the keys inside a partition; partitions one after another. */
  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    return StoreScans.scan(store(table), table, prefix, limit);
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return StoreScans.range(store(table), table, from, to, limit);
  }

  /** How many rows each table has here. */
  public SortedMap<String, Long> sizes() {
    var sizes = new TreeMap<String, Long>();
    Table.all().forEach(table -> sizes.put(table.name(), store(table).approximateNumEntries()));
    return sizes;
  }

  private <R extends Row> ReadOnlyKeyValueStore<String, R> store(Table<R> table) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
            table.name(), QueryableStoreTypes.<String, R>keyValueStore()));
  }
}
