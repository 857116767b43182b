package dev.penstock.streams.replay;

import dev.penstock.edges.log.WireDecoder;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.table.ChainRow;
import dev.penstock.streams.turn.AuditChain;
import java.util.Arrays;
import java.util.Optional;

/** What a difference comes from, as far as the records themselves tell. */
final class Suspicion {
  private static final String OTHERWISE =
      "what is recorded is as it was written: another version of the deciding code decided it, or a"
          + " record of penstock.events was altered, dropped or moved since";

  private Suspicion() {}

  /** Of something recorded: changed, or, given where its scope stands, never decided again. */
  static String of(Object recorded, RawRecord raw, Optional<ChainRow> chain) {
    if (!(recorded instanceof AuditRecord record)) {
      return OTHERWISE;
    }
    if (!fits(record, raw)) {
      return "the recorded one does not have the hash that it names: it was altered after it was"
          + " written";
    }
    return chain.filter(row -> !row.auditHash().equals(record.previousHash())).isPresent()
        ? "it does not continue the chain: it was moved here, repeated, or one before it was"
            + " altered or dropped"
        : OTHERWISE;
  }

  /** Of something decided again that is not recorded; next comes what is. */
  static String ofMissing(Object decided, Optional<?> next) {
    if (next.isEmpty()) {
      return "the topic ends before it: its tail was cut off, or the reconciler has not come so"
          + " far";
    }
    return decided instanceof AuditRecord missing
            && next.get() instanceof AuditRecord after
            && after.previousHash().equals(missing.hash())
        ? "the record after it continues from it: it was dropped from the topic"
        : OTHERWISE;
  }

  static boolean fits(AuditRecord record, RawRecord raw) {
    var value = raw.value().orElseThrow();
    return AuditChain.fits(
        record, Arrays.copyOfRange(value, WireDecoder.HEADER_BYTES, value.length));
  }
}
