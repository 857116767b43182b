package dev.penstock.schemas.table;

import java.time.Instant;

/** Where a scope stands: last seq, last log position, its now, and the head of the audit chain. */
public record ChainRow(long seq, long position, Instant now, String auditHash) implements Row {}
