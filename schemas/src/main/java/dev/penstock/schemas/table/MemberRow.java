package dev.penstock.schemas.table;

import dev.penstock.schemas.intent.MemberIntent;
import java.util.Optional;

/** A member's intent now, and the last one that was valid. */
public record MemberRow(MemberIntent current, Optional<MemberIntent> lastGood, long seq)
    implements Row {}
