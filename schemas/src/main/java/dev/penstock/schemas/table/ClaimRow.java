package dev.penstock.schemas.table;

import dev.penstock.schemas.event.ClaimFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import java.time.Instant;
import java.util.Optional;

/** A claim, on the claimant's side and on the DNS side alike, with its last standing. */
public record ClaimRow(
    String host,
    Scope claimant,
    StackId stack,
    ObjectKey member,
    long seq,
    Optional<ClaimFact.Pointing> pointing,
    ClaimFact.Standing standing,
    String reason,
    Instant standingSince)
    implements Row {}
