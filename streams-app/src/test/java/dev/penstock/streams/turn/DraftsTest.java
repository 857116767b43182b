package dev.penstock.streams.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.table.TenureRow;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DraftsTest {
  private static final List<String> KEYS =
      List.of("a", "a|1", "a|2", "b", "b|\uD83D\uDE00", "b|\uFFFD");

  /** Counts what reaches the tables. */
  private static final class Counted implements Tables {
    private final MemoryTables tables = new MemoryTables();
    private final List<String> writes = new ArrayList<>();

    @Override
    public <R extends Row> Optional<R> get(Table<R> table, String key) {
      return tables.get(table, key);
    }

    @Override
    public <R extends Row> void put(Table<R> table, String key, R row) {
      writes.add("put " + key);
      tables.put(table, key, row);
    }

    @Override
    public void delete(Table<? extends Row> table, String key) {
      writes.add("delete " + key);
      tables.delete(table, key);
    }

    @Override
    public <R extends Row> List<Entry<R>> scan(Table<R> table, String prefix, int limit) {
      return tables.scan(table, prefix, limit);
    }

    @Override
    public <R extends Row> List<Entry<R>> range(Table<R> table, String from, String to, int limit) {
      return tables.range(table, from, to, limit);
    }
  }

  private static TenureRow row(String id) {
    return new TenureRow(id, 1, Instant.EPOCH);
  }

  @Test
  void onlyWhatDiffersInTheEndIsWrittenAndEachRowOnce() {
    var below = new Counted();
    below.tables.put(Table.TENURES, "same", row("1"));
    below.tables.put(Table.TENURES, "gone", row("1"));
    var drafts = new Drafts(below);
    drafts.put(Table.TENURES, "same", row("2"));
    drafts.put(Table.TENURES, "same", row("1"));
    drafts.put(Table.TENURES, "passing", row("1"));
    drafts.delete(Table.TENURES, "passing");
    drafts.put(Table.TENURES, "new", row("1"));
    drafts.put(Table.TENURES, "new", row("2"));
    drafts.delete(Table.TENURES, "gone");
    assertEquals(List.of(), below.writes);
    drafts.write();
    assertEquals(List.of("delete gone", "put new"), below.writes);
    assertEquals(Optional.of(row("2")), below.get(Table.TENURES, "new"));
  }

  @Test
  void readsAreThoseOfTablesThatWereWrittenAtOnce() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var atOnce = new MemoryTables();
      for (var key : KEYS) {
        if (random.nextBoolean()) {
          atOnce.put(Table.TENURES, key, row("0"));
        }
      }
      var below = MemoryTables.copyOf(atOnce);
      var upper = new Drafts(new Drafts(below));
      for (var i = 0; i < 12; i++) {
        change(random, atOnce, upper);
        for (var limit : List.of(1, 2, 3, Integer.MAX_VALUE)) {
          for (var prefix : List.of("", "a", "a|", "b|")) {
            assertEquals(
                atOnce.scan(Table.TENURES, prefix, limit),
                upper.scan(Table.TENURES, prefix, limit));
            for (var key : KEYS) {
              assertEquals(
                  atOnce.scan(Table.TENURES, prefix).stream()
                      .filter(entry -> MemoryTables.BY_UTF_8.compare(entry.key(), key) > 0)
                      .limit(limit)
                      .toList(),
                  upper.after(Table.TENURES, prefix, key, limit));
            }
            assertEquals(
                atOnce.range(Table.TENURES, prefix, "b|\uFFFD", limit),
                upper.range(Table.TENURES, prefix, "b|\uFFFD", limit));
          }
        }
      }
    }
  }

  private static void change(SplittableRandom random, Tables atOnce, Tables drafts) {
    var key = KEYS.get(random.nextInt(KEYS.size()));
    if (random.nextInt(3) == 0) {
      atOnce.delete(Table.TENURES, key);
      drafts.delete(Table.TENURES, key);
    } else {
      var row = row("" + random.nextInt(3));
      atOnce.put(Table.TENURES, key, row);
      drafts.put(Table.TENURES, key, row);
    }
    assertEquals(atOnce.get(Table.TENURES, key), drafts.get(Table.TENURES, key));
  }
}
