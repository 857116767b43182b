package dev.penstock.streams.turn;

import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The hash chain of a scope's audit: a link's hash is SHA-256 over the previous link's hash and the
 * link's own Avro bytes with an empty hash.
 */
public final class AuditChain {
  /** What the first link of a scope names as its previous hash. */
  public static final String START = "";

  private static final int HASH_CHARACTERS = 64;

  /** Avro writes a text of 64 characters behind a length of two bytes. */
  private static final int HASH_FIELD_BYTES = 2 + HASH_CHARACTERS;

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

  /**
   * Whether a record's hash is that of the Avro bytes in which it was written, under whatever
   * schema: a record's hash is the last field in every one.
   */
  public static boolean fits(AuditRecord record, byte[] written) {
    var end = written.length - HASH_FIELD_BYTES;
    if (record.hash().length() != HASH_CHARACTERS || end < 0) {
      return false;
    }
    // An empty text is a single zero byte.
    var bare = Arrays.copyOf(written, end + 1);
    bare[end] = 0;
    return record
        .hash()
        .equals(Digests.sha256(record.previousHash().getBytes(StandardCharsets.US_ASCII), bare));
  }
}
