package dev.penstock.schemas.table;

import java.time.Instant;
import java.util.Optional;

/**
 * What the differ last said of a resource, for people and for the change stream. {@code rule}: what
 * holds it. {@code refusal}: the code with which AWS refused it.
 */
public record VerdictRow(
    VerdictKind verdict,
    String sentence,
    long seq,
    Instant since,
    int failures,
    Optional<HoldRule> rule,
    Optional<String> refusal)
    implements Row {
  /** The same after a command that came to its end. */
  public VerdictRow withoutFailures() {
    return new VerdictRow(verdict, sentence, seq, since, 0, rule, refusal);
  }
}
