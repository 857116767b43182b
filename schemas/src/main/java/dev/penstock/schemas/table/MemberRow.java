package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.MemberIntent;
import java.util.List;
import java.util.Optional;

/**
 * A member's intent now, and the last one that was valid. {@code lapsed}: the host names that it
 * lost by a setting, though nobody edited its object.
 */
public record MemberRow(
    MemberIntent current, Optional<MemberIntent> lastGood, List<String> lapsed, long seq)
    implements Row {
  public MemberRow {
    lapsed = List.copyOf(lapsed);
  }
}
