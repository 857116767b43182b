package dev.penstock.streams.turn;

import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.table.DirtyRow;

/**
 * Why something is decided anew. {@code otherCode}: other deciding code than before answers for
 * what goes by it, since nobody asked; the sentence is for people alone.
 */
public record Reason(String sentence, boolean otherCode) {
  /** Something happened that has to do with it. */
  public static Reason of(String sentence) {
    return new Reason(sentence, false);
  }

  /** That of the row. */
  public static Reason of(DirtyRow row) {
    return new Reason(row.sentence(), row.otherCode());
  }

  /** That of the decision. */
  public static Reason of(Cause cause) {
    return new Reason(cause.sentence(), cause.otherCode());
  }

  /** Another version of the deciding code decides it anew. */
  public static Reason ofVersion(String version) {
    return new Reason("decisions are now made by version " + version, true);
  }

  /** The row of a subject that became dirty with that record. */
  public DirtyRow row(String subject, long seq) {
    return new DirtyRow(subject, seq, sentence, otherCode);
  }
}
