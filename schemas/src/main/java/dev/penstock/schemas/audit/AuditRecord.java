package dev.penstock.schemas.audit;

import dev.penstock.schemas.key.Scope;
import java.time.Instant;

/**
 * One link of a scope's audit chain: {@code hash} is SHA-256 (hex) over the previous link's hash
 * and the Avro bytes of this record with an empty hash.
 */
public record AuditRecord(
    Scope scope,
    long seq,
    int ordinal,
    Instant time,
    AuditEntry entry,
    String previousHash,
    String hash) {}
