package dev.penstock.streams.turn;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.RecordCodec;
import java.nio.charset.StandardCharsets;

/**
 * The hash chain of a scope's audit: a link's hash is SHA-256 over the previous link's hash and the
 * link's own Avro bytes with an empty hash.
 */
public final class AuditChain {
  /** What the first link of a scope names as its previous hash. */
  public static final String START = "";

  private static final RecordCodec<AuditRecord> CODEC = RecordCodec.of(AuditRecord.class);

  private AuditChain() {}

  /** The same record with the hash that belongs to it. */
  public static AuditRecord seal(AuditRecord open) {
    var bare =
        new AuditRecord(
            open.scope(),
            open.seq(),
            open.ordinal(),
            open.time(),
            open.entry(),
            open.previousHash(),
            "");
    var hash =
        Digests.sha256(open.previousHash().getBytes(StandardCharsets.US_ASCII), CODEC.encode(bare));
    return new AuditRecord(
        bare.scope(),
        bare.seq(),
        bare.ordinal(),
        bare.time(),
        bare.entry(),
        bare.previousHash(),
        hash);
  }
}
