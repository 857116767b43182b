package dev.penstock.streams.replay;

import dev.penstock.schemas.key.Scope;
import java.util.List;

/**
 * The audit chain of one scope: its records, with how many known heads it was compared, how its
 * beginning is proven, its head (the hash of its last record), and what is wrong with it: the first
 * faults, and how many there are.
 */
public record ChainReport(
    Scope scope,
    long records,
    int knownHeads,
    long firstSeq,
    long lastSeq,
    Beginning beginning,
    String head,
    List<Fault> faults,
    long faultCount) {
  public ChainReport {
    faults = List.copyOf(faults);
  }

  /** What vouches for the first record that is kept. */
  public enum Beginning {
    /** There is none. */
    NONE,
    /** It is the first one of the scope. */
    COMPLETE,
    /** It continues a head that is known, of a checkpoint or kept elsewhere. */
    PROVEN,
    /** Earlier ones were deleted when their retention was over, and no head of then is known. */
    UNPROVEN
  }

  /** What is wrong, at which record of the scope. */
  public record Fault(Kind kind, long seq, int ordinal, String sentence) {
    /** In which way. */
    public enum Kind {
      /** Its content does not have its hash, or it cannot be decoded. */
      ALTERED,
      /** Others stood before it. */
      DROPPED,
      /** It stands behind one that it came before. */
      REORDERED,
      /** It does not belong where it stands. */
      INSERTED,
      /** A head that is known is not in the chain. */
      CUT_OFF
    }
  }

  public boolean intact() {
    return faultCount == 0;
  }
}
