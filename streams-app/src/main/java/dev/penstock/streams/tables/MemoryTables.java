package dev.penstock.streams.tables;

import dev.penstock.schemas.table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tables in this process's heap: for replay, simulation and tests. */
public final class MemoryTables implements Tables {
  /** The order of the keys of all tables: that of their UTF-8 bytes. */
  public static final Comparator<String> BY_UTF_8 = MemoryTables::compareCodePoints;

  private final Map<String, TreeMap<String, Row>> tables = new LinkedHashMap<>();

  public MemoryTables() {
    Table.all().forEach(t -> tables.put(t.name(), new TreeMap<>(BY_UTF_8)));
  }

  /** A copy that no longer changes with the original. */
  public static MemoryTables copyOf(Tables other) {
    var copy = new MemoryTables();
    Table.all().forEach(t -> copy.copy(other, t, ""));
    return copy;
  }

  /** Takes over the rows of another's table whose keys begin so. */
  public <R extends Row> void copy(Tables other, Table<R> table, String prefix) {
    other.scan(table, prefix).forEach(e -> put(table, e.key(), e.row()));
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    return Optional.ofNullable(rows(table).get(key)).map(table.type()::cast);
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    rows(table).put(key, row);
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    rows(table).remove(key);
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    var found = new ArrayList<Entry<R>>();
    for (var entry : rows(table).tailMap(prefix, true).entrySet()) {
      if (found.size() >= limit || !entry.getKey().startsWith(prefix)) {
        break;
      }
      found.add(new Entry<>(entry.getKey(), table.type().cast(entry.getValue())));
    }
    return found;
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    return rows(table).subMap(from, true, to, false).entrySet().stream()
        .limit(limit)
        .map(entry -> new Entry<>(entry.getKey(), table.type().cast(entry.getValue())))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MemoryTables that && tables.equals(that.tables);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  private TreeMap<String, Row> rows(Table<? extends Row> table) {
    var rows = tables.get(table.name());
    if (rows == null) {
      throw new IllegalArgumentException("no such table: " + table.name());
    }
    return rows;
  }

  /** UTF-8 bytes sort as code points do; UTF-16 units do not. */
  private static int compareCodePoints(String a, String b) {
    var limit = Math.min(a.length(), b.length());
    for (int i = 0; i < limit; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(weight(a.charAt(i)), weight(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int weight(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
