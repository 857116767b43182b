package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.MemberIntent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A member's intent now, and the last one that was valid. {@code lapsed}: the host names that it
 * lost by a setting, though nobody edited its object. {@code servedSince}: of a member that went to
 * another stack, and that no name of ours leads there: since when it is served there.
 */
public record MemberRow(
    MemberIntent current,
    Optional<MemberIntent> lastGood,
    List<String> lapsed,
    long seq,
    Optional<Instant> servedSince)
    implements Row {
  public MemberRow {
    lapsed = List.copyOf(lapsed);
  }

  /** Whether the member leaves its stack. */
  public boolean leaving() {
    return current.state() instanceof MemberIntent.Leaving;
  }

  /** The same member, served in its new stack since then. */
  public MemberRow servedSince(Optional<Instant> since) {
    return new MemberRow(current, lastGood, lapsed, seq, since);
  }
}
