package dev.penstock.schemas.table;

import dev.penstock.schemas.avro.Default;

/**
 * Something must be decided again; {@code seq} is the first record that said so. {@code otherCode}:
 * other deciding code than before answers for what goes by that.
 */
public record DirtyRow(
    String subject, long seq, String sentence, @Default("false") boolean otherCode) implements Row {
  /** The same reason for something else. */
  public DirtyRow withSubject(String changed) {
    return new DirtyRow(changed, seq, sentence, otherCode);
  }
}
