package dev.penstock.schemas.table;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import java.time.Instant;
import java.util.Optional;

/**
 * A claim on the DNS scope {@code owner}, on its side and on the claimant's alike, with its last
 * standing. {@code inForce}, on the owner's side: what the name's records last were of it, also
 * while they are being changed or healed; empty as soon as it is refused. {@code rule}: what holds
 * it, if a rule does.
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
    Optional<HoldRule> rule,
    Instant standingSince,
    Optional<ClaimFact.Pointing> inForce)
    implements Row {

  /** The same claim with what its owner answered. */
  public ClaimRow answered(
      ClaimFact.Standing now, String why, Optional<HoldRule> by, Instant since) {
    return new ClaimRow(
        host, owner, claimant, stack, member, seq, pointing, now, why, by, since, inForce);
  }

  /** The same claim with what the name's records now are of it. */
  public ClaimRow holding(Optional<ClaimFact.Pointing> records) {
    return new ClaimRow(
        host,
        owner,
        claimant,
        stack,
        member,
        seq,
        pointing,
        standing,
        reason,
        rule,
        standingSince,
        records);
  }
}
