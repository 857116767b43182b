package dev.penstock.sandbox.simulation.machines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.table.ChainRow;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an aborted transaction wrote is as if it had not been written. */
final class JournalTest {
  private static ChainRow row(long seq) {
    return new ChainRow(seq, seq, Instant.EPOCH, "");
  }

  @Test
  void undoneTablesAreThoseThatWereKeptLast() {
    var below = new MemoryTables();
    var journal = new JournaledTables(below);
    journal.put(Table.CHAIN, "a", row(1));
    journal.put(Table.CHAIN, "b", row(1));
    journal.keep();
    var kept = MemoryTables.copyOf(below);
    journal.put(Table.CHAIN, "a", row(2));
    journal.put(Table.CHAIN, "a", row(3));
    journal.delete(Table.CHAIN, "b");
    journal.put(Table.CHAIN, "c", row(1));
    assertEquals(Optional.of(row(3)), journal.get(Table.CHAIN, "a"));
    assertEquals(2, journal.scan(Table.CHAIN, "").size());
    journal.undo();
    assertEquals(kept, below);
    journal.undo();
    assertEquals(kept, below);
  }
}
