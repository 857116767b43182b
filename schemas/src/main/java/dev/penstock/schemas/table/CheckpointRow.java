package dev.penstock.schemas.table;

import java.time.Instant;

/**
 * How far the checkpoint of the scope's rows as they were after record {@code seq} is: the tables
 * before number {@code table} are written, of that one the rows up to the key {@code after}; {@code
 * rows} and {@code hash} are of what is written so far.
 */
public record CheckpointRow(
    long seq,
    long position,
    Instant time,
    String chainHash,
    String decisions,
    int table,
    String after,
    int rows,
    String hash)
    implements Row {

  /** Nothing is written yet of what the head describes. */
  public static CheckpointRow begin(ChainRow chain, String decisions) {
    return new CheckpointRow(
        chain.seq(), chain.position(), chain.now(), chain.auditHash(), decisions, 0, "", 0, "");
  }

  /** The rows of the same table up to that key are written. */
  public CheckpointRow upTo(String key) {
    return at(table, key);
  }

  public CheckpointRow nextTable() {
    return at(table + 1, "");
  }

  private CheckpointRow at(int number, String key) {
    return new CheckpointRow(seq, position, time, chainHash, decisions, number, key, rows, hash);
  }

  /** One row more. */
  public CheckpointRow with(String newHash) {
    return new CheckpointRow(
        seq, position, time, chainHash, decisions, table, after, rows + 1, newHash);
  }

  /** What is said when all rows are written. */
  public Checkpoint.Head head() {
    return new Checkpoint.Head(position, time, rows, hash, chainHash, decisions);
  }
}
