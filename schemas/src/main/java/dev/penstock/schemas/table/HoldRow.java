package dev.penstock.schemas.table;

import java.time.Instant;

/** A verdict that a policy stopped until a person approves it. */
public record HoldRow(
    String id,
    String rule,
    String subject,
    String sentence,
    Instant since,
    boolean approved,
    String approvedBy)
    implements Row {}
