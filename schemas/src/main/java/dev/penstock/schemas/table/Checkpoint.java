package dev.penstock.schemas.table;

import dev.penstock.schemas.key.Scope;
import java.time.Instant;

/**
 * One record of a checkpoint: its head, or one row as it was after record {@code seq}. All records
 * of one checkpoint carry the same scope and seq; the head comes last and says how many rows belong
 * to it and the hash over them, each with its predecessors' hash, in the order of the records.
 */
public record Checkpoint(Scope scope, long seq, CheckpointBody body) {
  public sealed interface CheckpointBody {}

  public record RowKept(String table, String key, Row row) implements CheckpointBody {}

  public record Head(
      long position, Instant time, int rows, String rowsHash, String chainHash, String decisions)
      implements CheckpointBody {}
}
