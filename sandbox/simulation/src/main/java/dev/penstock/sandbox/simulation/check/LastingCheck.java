package dev.penstock.sandbox.simulation.check;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.key.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** I9: the log has no gap and never shrinks; the audit chain of a scope is whole. */
final class LastingCheck implements Check {
  private static final RecordCodec<AuditRecord> CODEC = RecordCodec.of(AuditRecord.class);

  private final Evidence evidence;
  private final Map<Scope, MemoryLog.Kept> newest = new TreeMap<>();
  private final Map<Scope, Integer> counts = new TreeMap<>();
  private final Map<Scope, AuditRecord> links = new TreeMap<>();
  private int audited;

  LastingCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public Invariant invariant() {
    return Invariant.I9;
  }

  @Override
  public void after(Consumer<String> wrong) {
    for (var kept : evidence.heard().news()) {
      newest.put(kept.event().scope(), kept);
      counts.merge(kept.event().scope(), 1, Integer::sum);
    }
    newest.forEach((scope, kept) -> still(scope, kept, wrong));
    for (var link : evidence.heard().auditNews()) {
      audited++;
      var before = links.put(link.scope(), link);
      if (!link.previousHash().equals(before == null ? "" : before.hash())) {
        wrong.accept("the audit chain of " + link.scope() + " is broken at seq " + link.seq());
      }
    }
    if (audited > 0 && evidence.sight().audit(audited - 1).isEmpty()) {
      wrong.accept("the audit trail is shorter than it was");
    }
  }

  @Override
  public void atRest(Consumer<String> wrong) {
    for (var link : evidence.sight().audit(0)) {
      if (!hash(link).equals(link.hash())) {
        wrong.accept(
            "the audit record of " + link.scope() + " at seq " + link.seq() + " was changed");
      }
    }
  }

  private void still(Scope scope, MemoryLog.Kept kept, Consumer<String> wrong) {
    var position = kept.appended().position();
    var found = evidence.sight().log(scope, counts.getOrDefault(scope, 0) - 1);
    if (found.isEmpty() || !found.getFirst().equals(kept)) {
      wrong.accept("record " + position + " of " + scope + " is lost: " + kept.event().key());
    }
  }

  private static String hash(AuditRecord link) {
    var bare =
        new AuditRecord(
            link.scope(),
            link.seq(),
            link.ordinal(),
            link.time(),
            link.entry(),
            link.previousHash(),
            "");
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(link.previousHash().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(CODEC.encode(bare)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
