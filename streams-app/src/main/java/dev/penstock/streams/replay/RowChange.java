package dev.penstock.streams.replay;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

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
    var rows = new TreeMap<String, R>();
    before.scan(table, "").forEach(entry -> rows.put(entry.key(), entry.row()));
    for (Entry<R> entry : after.scan(table, "")) {
      var old = Optional.ofNullable(rows.remove(entry.key()));
      if (old.filter(entry.row()::equals).isEmpty()) {
        changes.add(change(table, entry.key(), old, Optional.of(entry.row())));
      }
    }
    rows.forEach((key, row) -> changes.add(change(table, key, Optional.of(row), Optional.empty())));
  }

  private static RowChange change(
      Table<?> table, String key, Optional<? extends Row> before, Optional<? extends Row> after) {
    return new RowChange(
        table.name(), key, before.map(Row.class::cast), after.map(Row.class::cast));
  }

  /** What differs in it; of a row that came or went, nothing. */
  public List<FieldChange> fields() {
    return before.isPresent() && after.isPresent()
        ? FieldChange.all(before.get(), after.get())
        : List.of();
  }
}
