package dev.penstock.streams.replay;

import dev.penstock.edges.log.Decoded;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.table.CheckpointRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.decide.Checkpoints;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The checkpoints that one partition of penstock.checkpoints holds as a whole. */
final class KeptCheckpoints {
  private final History history;
  private final int partition;

  KeptCheckpoints(History history, int partition) {
    this.history = history;
    this.partition = partition;
  }

  /** The end of a checkpoint: of which scope, after which record. */
  record Kept(Scope scope, long seq, Checkpoint.Head head) {}

  private record Place(Scope scope, long seq) {}

  @FunctionalInterface
  private interface Each {
    void take(Checkpoint record) throws NotReplayable;
  }

  /** Those that have all their rows, in the order in which they were written. */
  List<Kept> heads() throws LogFailed, IOException, NotReplayable {
    var rows = new HashMap<Place, Integer>();
    var heads = new ArrayList<Kept>();
    read(record -> {
      var place = new Place(record.scope(), record.seq());
      switch (record.body()) {
        case Checkpoint.RowKept _ -> rows.merge(place, 1, Integer::sum);
        case Checkpoint.Head head -> {
          if (rows.getOrDefault(place, 0) == head.rows()) {
            heads.add(new Kept(record.scope(), record.seq(), head));
          }
          rows.remove(place);
        }
      }
    });
    return heads;
  }

  /**
   * Puts the rows of these checkpoints, one of each scope, into the tables; each of them is running
   * then, as it was after the record of which it tells.
   *
   * @throws NotReplayable when rows are not those of which the head tells
   */
  void restore(Map<Scope, Kept> chosen, MemoryTables tables)
      throws LogFailed, IOException, NotReplayable {
    var hashes = new HashMap<Scope, String>();
    read(record -> {
      var kept = chosen.get(record.scope());
      if (kept != null && kept.seq() == record.seq()) {
        restore(record, kept, tables, hashes);
      }
    });
  }

  private static void restore(
      Checkpoint record, Kept kept, MemoryTables tables, Map<Scope, String> hashes)
      throws NotReplayable {
    var prefix = record.scope() + "|";
    switch (record.body()) {
      case Checkpoint.RowKept row -> {
        hashes.put(record.scope(), Checkpoints.hash(hashes.getOrDefault(record.scope(), ""), row));
        put(tables, Table.named(row.table()), prefix + row.key(), row.row());
      }
      case Checkpoint.Head head -> {
        if (!head.rowsHash().equals(hashes.getOrDefault(record.scope(), ""))) {
          throw new NotReplayable(
              "the checkpoint of scope %s after record %d was altered: its rows do not have the"
                  + " hash that its head names. Begin elsewhere: --since",
              record.scope(), kept.seq());
        }
        var chain = new ChainRow(record.seq(), head.position(), head.time(), head.chainHash());
        tables.put(Table.CHAIN, prefix, chain);
        tables.put(Table.CHECKPOINT, prefix, CheckpointRow.begin(chain, head.decisions()));
      }
    }
  }

  private static <R extends Row> void put(
      MemoryTables tables, Table<R> table, String key, Row row) {
    tables.put(table, key, table.type().cast(row));
  }

  private void read(Each each) throws LogFailed, IOException, NotReplayable {
    var span = history.span(Topics.CHECKPOINTS, partition);
    var decoder = WireDecoder.of(history.schemas(), Checkpoint.class);
    try (var cursor = history.open(span, span.beginning())) {
      for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
        var value = next.get().value();
        if (value.isPresent()
            && decoder.decode(value.get()) instanceof Decoded.Ok<Checkpoint>(var record)) {
          each.take(record);
        }
      }
    }
  }
}
