package dev.penstock.cli.replay;

import dev.penstock.schemas.json.RecordJson;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.replay.FieldChange;
import dev.penstock.streams.replay.RowChange;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of the tables, and what changed in them, as they are printed. */
final class StateRows {
  private StateRows() {}

  /** A row; the key is without its scope. */
  record Shown(String scope, String table, String key, Row row) {
    String text() {
      return "%s  %s  %s%n    %s".formatted(scope, table, key, RecordJson.write(row));
    }
  }

  /** A row that came, went or changed, with every field that differs. */
  record Changed(
      String scope,
      String table,
      String key,
      Optional<Row> before,
      Optional<Row> after,
      List<FieldChange> fields) {
    String text() {
      var sign = before.isEmpty() ? "+" : after.isEmpty() ? "-" : "~";
      var text = new StringBuilder("%s %s  %s  %s".formatted(sign, scope, table, key));
      if (fields.isEmpty()) {
        after.or(() -> before).ifPresent(row -> line(text, RecordJson.write(row)));
      }
      fields.forEach(f -> line(text, f.path() + ": " + f.before() + " → " + f.after()));
      return text.toString();
    }

    private static void line(StringBuilder text, String words) {
      text.append(System.lineSeparator()).append("    ").append(words);
    }
  }

  static List<Shown> of(Tables tables, RowFilter filter) {
    var shown = new ArrayList<Shown>();
    for (var table : Table.all()) {
      for (var entry : tables.scan(table, "")) {
        if (filter.lets(table.name(), bare(entry.key()))) {
          shown.add(new Shown(scope(entry.key()), table.name(), bare(entry.key()), entry.row()));
        }
      }
    }
    return shown;
  }

  static List<Changed> between(Tables before, Tables after, RowFilter filter) {
    return RowChange.between(before, after).stream()
        .filter(it -> filter.lets(it.table(), bare(it.key())))
        .map(it ->
            new Changed(
                scope(it.key()), it.table(), bare(it.key()), it.before(), it.after(), it.fields()))
        .toList();
  }

  /** Every key begins with the scope and a bar. */
  private static String scope(String key) {
    return key.substring(0, key.indexOf('|'));
  }

  private static String bare(String key) {
    return key.substring(key.indexOf('|') + 1);
  }
}
