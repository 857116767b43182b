package dev.penstock.streams.turn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defects of ours, for people. What goes into the log is the same wherever it is decided (I3): the
 * class alone, since the words of an exception differ between compilers and machines.
 */
public final class Defects {
  private static final String WORDS = "a defect of Penstock (";
  private static final Logger LOG = LoggerFactory.getLogger(Defects.class);

  private Defects() {}

  /**
   * A defect met in work for one subject leaves that subject as it is, with an alarm; never its
   * scope (I7). Answers whether the work was done.
   */
  public static boolean guarded(Turn turn, String subject, Runnable work) {
    var defect = turn.whole(work);
    defect.ifPresent(met ->
        turn.alarm(
            subject, told(subject, met) + " stopped the decision, nothing of it is changed"));
    return defect.isEmpty();
  }

  /** The words for the log of the scope; the trace goes to the process's own. */
  public static String told(String subject, RuntimeException defect) {
    LOG.error(
        "subject={} a defect stopped the decision, nothing of it is changed", subject, defect);
    return words(defect);
  }

  static String words(RuntimeException defect) {
    return WORDS + defect.getClass().getName() + ")";
  }

  /** Whether a sentence of the log tells of a defect of ours. */
  public static boolean isNamedIn(String sentence) {
    return sentence.contains(WORDS);
  }
}
