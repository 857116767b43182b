package dev.penstock.schemas.table;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import java.time.Instant;
import java.util.Optional;

/**
 * A claim on the DNS scope {@code owner}, on its side and on the claimant's alike, with its last
 * standing.
 */
public record ClaimRow(
    String host,
    Scope owner,
    Scope claimant,
    StackId stack,
    ObjectKey member,
    long seq,
    Optional<ClaimFact.Pointing> pointing,
    ClaimFact.Standing standing,
    String reason,
    Instant standingSince)
    implements Row {

  /** The same claim with what its owner answered. */
  public ClaimRow answered(ClaimFact.Standing now, String why, Instant since) {
    return new ClaimRow(host, owner, claimant, stack, member, seq, pointing, now, why, since);
  }
}
