package dev.penstock.cli.replay;

import java.util.Locale;

/** Which rows a person wants: of one table, with this text in their key, in any case. */
record RowFilter(String text, String table) {
  boolean lets(String ofTable, String key) {
    return (table.isEmpty() || table.equals(ofTable))
        && key.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
