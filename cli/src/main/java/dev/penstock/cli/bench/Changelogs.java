package dev.penstock.cli.bench;

import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import dev.penstock.streams.topology.Codecs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The changelog rows of one real stack, to be written for any number of stacks: names of stacks are
 * equally long, so another name fits into the same bytes. Rows of no stack are written once.
 */
final class Changelogs {
  private static final Pattern NAME = Pattern.compile("(?<![a-z0-9])s\\d{5}(?![a-z0-9])");

  /** One row of a table as its changelog holds it. */
  record Line(String table, String key, byte[] value) {
    Line renamed(String from, String to) {
      return new Line(table, key.replace(from, to), Changelogs.renamed(value, from, to));
    }
  }

  private final String template;
  private final List<Line> shared = new ArrayList<>();
  private final List<Line> own = new ArrayList<>();

  Changelogs(Tables tables, Codecs codecs, String template) {
    this.template = template;
    Table.all().forEach(table -> add(tables, codecs, table));
  }

  private <R extends Row> void add(Tables tables, Codecs codecs, Table<R> table) {
    var serializer = codecs.row(table).serializer();
    for (var entry : tables.scan(table, "")) {
      var line =
          new Line(table.name(), entry.key(), serializer.serialize(table.name(), entry.row()));
      if (entry.key().contains(template)) {
        own.add(line);
      } else if (!NAME.matcher(entry.key()).find()) {
        shared.add(line);
      }
    }
  }

  List<Line> shared() {
    return shared;
  }

  /** The rows of a stack of that name. */
  List<Line> of(String stack) {
    return own.stream().map(line -> line.renamed(template, stack)).toList();
  }

  static byte[] renamed(byte[] value, String from, String to) {
    var old = from.getBytes(StandardCharsets.US_ASCII);
    var fresh = to.getBytes(StandardCharsets.US_ASCII);
    if (old.length != fresh.length) {
      throw new IllegalArgumentException(from + " and " + to + " differ in length");
    }
    var copy = value.clone();
    for (int i = 0; i + old.length <= copy.length; i++) {
      if (Arrays.equals(copy, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(fresh, 0, copy, i, fresh.length);
      }
    }
    return copy;
  }
}
