package dev.penstock.streams.turn;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tables with changes that are not written yet: what is read here is as if they were. {@link
 * #write} writes what differs in the end, each row once and in the order of tables and keys; a
 * draft that is thrown away leaves no trace. Drafts may lie on drafts.
 */
final class Drafts implements Tables {
  private final Tables below;
  private final Map<String, TreeMap<String, Optional<Row>>> changes = new LinkedHashMap<>();
  private final Map<String, Map<String, Optional<Row>>> seen = new LinkedHashMap<>();

  Drafts(Tables below) {
    this.below = below;
  }

  @Override
  public <R extends Row> Optional<R> get(Table<R> table, String key) {
    var changed = changed(table).get(key);
    return changed == null ? before(table, key) : changed.map(table.type()::cast);
  }

  @Override
  public <R extends Row> void put(Table<R> table, String key, R row) {
    changed(table).put(key, Optional.of(row));
  }

  @Override
  public void delete(Table<? extends Row> table, String key) {
    changed(table).put(key, Optional.empty());
  }

  @Override
  public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
    var drafted = drafted(table, prefix);
    var rows = below.scan(table, prefix, more(limit, drafted));
    return drafted.isEmpty() ? rows : merged(table, rows, drafted, limit);
  }

  @Override
  public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
    var drafted = changed(table).subMap(from, true, to, false);
    var rows = below.range(table, from, to, more(limit, drafted));
    return drafted.isEmpty() ? rows : merged(table, rows, drafted, limit);
  }

  /** Only a row that is deleted in the draft leaves one less of those below. */
  private static int more(int limit, Map<String, Optional<Row>> drafted) {
    var deleted = drafted.values().stream().filter(Optional::isEmpty).count();
    return (int) Math.min(limit + deleted, Integer.MAX_VALUE);
  }

  private static <R extends Row> List<Entry<R>> merged(
      Table<R> table, List<Entry<R>> below, Map<String, Optional<Row>> drafted, int limit) {
    var rows = new TreeMap<String, Optional<Row>>(MemoryTables.BY_UTF_8);
    below.forEach(e -> rows.put(e.key(), Optional.of(e.row())));
    rows.putAll(drafted);
    var found = new ArrayList<Entry<R>>();
    for (var entry : rows.entrySet()) {
      if (found.size() == limit) {
        break;
      }
      entry
          .getValue()
          .ifPresent(row -> found.add(new Entry<>(entry.getKey(), table.type().cast(row))));
    }
    return found;
  }

  /** Rows as they are below, in the order of their keys. */
  <R extends Row> List<Entry<R>> below(Table<R> table, String prefix, String key, int limit) {
    return below.after(table, prefix, key, limit);
  }

  /** The keys of rows that differ now, in their order. */
  List<String> differing(Table<? extends Row> table) {
    return changed(table).entrySet().stream()
        .filter(e -> !e.getValue().equals(before(table, e.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The row as it is below. */
  <R extends Row> Optional<R> before(Table<R> table, String key) {
    var known = seen(table).get(key);
    if (known == null) {
      known = below.get(table, key).map(Row.class::cast);
      seen(table).put(key, known);
    }
    return known.map(table.type()::cast);
  }

  /** Writes the changes into the tables below; the draft begins anew. */
  void write() {
    for (var table : Table.all()) {
      write(table);
    }
  }

  private <R extends Row> void write(Table<R> table) {
    for (var entry : changed(table).entrySet()) {
      var row = entry.getValue().map(table.type()::cast);
      if (!row.equals(before(table, entry.getKey()))) {
        row.ifPresentOrElse(
            present -> below.put(table, entry.getKey(), present),
            () -> below.delete(table, entry.getKey()));
      }
    }
    changed(table).clear();
    seen(table).clear();
  }

  private Map<String, Optional<Row>> drafted(Table<? extends Row> table, String prefix) {
    var drafted = new LinkedHashMap<String, Optional<Row>>();
    for (var entry : changed(table).tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      drafted.put(entry.getKey(), entry.getValue());
    }
    return drafted;
  }

  private TreeMap<String, Optional<Row>> changed(Table<? extends Row> table) {
    return changes.computeIfAbsent(table.name(), _ -> new TreeMap<>(MemoryTables.BY_UTF_8));
  }

  private Map<String, Optional<Row>> seen(Table<? extends Row> table) {
    return seen.computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
  }
}
