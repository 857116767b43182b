package dev.penstock.streams.replay;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** A row that two moments show otherwise; absent: it was not there yet, or is no more. */
public record RowChange(String table, String key, Optional<Row> before, Optional<Row> after) {

  /** Every row that differs, in the order of tables and keys. */
  public static List<RowChange> between(Tables before, Tables after) {
    var changes = new ArrayList<RowChange>();
    Table.all().forEach(table -> compare(table, before, after, changes));
    return changes;
  }

  private static <R extends Row> void compare(
      Table<R> table, Tables before, Tables after, List<RowChange> changes) {
    var old = rows(table, before);
    var now = rows(table, after);
    var keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    for (var key : keys) {
      if (!Objects.equals(old.get(key), now.get(key))) {
        changes.add(
            new RowChange(
                table.name(),
                key,
                Optional.ofNullable(old.get(key)),
                Optional.ofNullable(now.get(key))));
      }
    }
  }

  private static <R extends Row> Map<String, Row> rows(Table<R> table, Tables tables) {
    var rows = new HashMap<String, Row>();
    tables.scan(table, "").forEach(entry -> rows.put(entry.key(), entry.row()));
    return rows;
  }

  /** What differs in it; of a row that came or went, nothing. */
  public List<FieldChange> fields() {
    return before.isPresent() && after.isPresent()
        ? FieldChange.all(before.get(), after.get())
        : List.of();
  }
}
