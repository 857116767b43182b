package dev.penstock.streams.replay;

import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import dev.penstock.streams.replay.ChainReport.Beginning;
import dev.penstock.streams.replay.ChainReport.Fault;
import dev.penstock.streams.turn.AuditChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One scope's audit records, walked in their order. Holds the last one and the faults. */
final class ScopeChain {
  private static final int SHOWN = 20;
  private static final String OR_OLDER = ", or it is of a record that is no longer kept";

  private final Scope scope;
  private final boolean whole;
  private final List<KnownHead> heads;
  private final int known;
  private final List<Fault> faults = new ArrayList<>();
  private Optional<AuditRecord> first = Optional.empty();
  private Optional<AuditRecord> last = Optional.empty();
  private Optional<Gap> gap = Optional.empty();
  private Beginning beginning = Beginning.NONE;
  private long records;
  private long faultCount;

  /** Records that are missing: they would lead from one hash to the other. */
  private record Gap(String from, String to, Fault fault) {}

  /** {@code whole}: the partition still has its first record. */
  ScopeChain(Scope scope, boolean whole, List<KnownHead> heads) {
    this.scope = scope;
    this.whole = whole;
    this.heads = new ArrayList<>(heads);
    this.known = heads.size();
  }

  void take(AuditRecord record, RawRecord raw) {
    records++;
    if (!Suspicion.fits(record, raw)) {
      fault(
          fault(Fault.Kind.ALTERED, record, "its content does not have the hash " + record.hash()));
    }
    if (last.isEmpty()) {
      begin(record);
    } else if (!record.previousHash().equals(last.get().hash())) {
      if (!after(record, last.get())) {
        stray(record);
        return;
      }
      missing(record, last.get());
    }
    last = Optional.of(record);
    heads.removeIf(head -> head.hash().equals(record.hash()));
  }

  void unreadable(RawRecord raw, String reason) {
    records++;
    var seq = last.map(AuditRecord::seq).orElse(0L);
    var place = "the record at position " + raw.position() + " cannot be read: " + reason;
    fault(new Fault(Fault.Kind.ALTERED, seq, 0, place));
  }

  private void begin(AuditRecord record) {
    first = Optional.of(record);
    beginning = Beginning.COMPLETE;
    if (record.previousHash().equals(AuditChain.START)) {
      return;
    }
    if (whole) {
      var missing =
          fault(Fault.Kind.DROPPED, record, "the scope's first records are missing before it");
      fault(missing);
      gap = Optional.of(new Gap(AuditChain.START, record.previousHash(), missing));
      return;
    }
    var proven = heads.stream().anyMatch(head -> head.hash().equals(record.previousHash()));
    beginning = proven ? Beginning.PROVEN : Beginning.UNPROVEN;
    heads.removeIf(head ->
        head.hash().equals(record.previousHash())
            || head.seq().orElse(Long.MAX_VALUE) < record.seq());
  }

  private static boolean after(AuditRecord record, AuditRecord other) {
    return record.seq() > other.seq()
        || (record.seq() == other.seq() && record.ordinal() > other.ordinal());
  }

  private void missing(AuditRecord record, AuditRecord before) {
    var sentence =
        "it does not continue record %s: at least one between them is missing"
            .formatted(place(before));
    var fault = fault(Fault.Kind.DROPPED, record, sentence);
    fault(fault);
    gap = Optional.of(new Gap(before.hash(), record.previousHash(), fault));
  }

  /** A record behind a later one: one that is missed there, or one that belongs nowhere. */
  private void stray(AuditRecord record) {
    var fits = gap.filter(it -> it.from().equals(record.previousHash()));
    if (fits.isEmpty()) {
      fault(
          fault(
              Fault.Kind.INSERTED,
              record,
              "it stands behind record %s and belongs nowhere: it was repeated or inserted"
                  .formatted(place(last.orElseThrow()))));
      return;
    }
    fault(
        fault(
            Fault.Kind.REORDERED,
            record,
            "it stands behind record %s".formatted(place(last.orElseThrow()))));
    heads.removeIf(head -> head.hash().equals(record.hash()));
    var open = fits.get();
    if (record.hash().equals(open.to())) {
      faults.remove(open.fault());
      faultCount--;
      gap = Optional.empty();
    } else {
      gap = Optional.of(new Gap(record.hash(), open.to(), open.fault()));
    }
  }

  private static String place(AuditRecord record) {
    return record.seq() + "/" + record.ordinal();
  }

  private static Fault fault(Fault.Kind kind, AuditRecord record, String sentence) {
    return new Fault(kind, record.seq(), record.ordinal(), sentence);
  }

  private void fault(Fault fault) {
    faultCount++;
    if (faults.size() < SHOWN) {
      faults.add(fault);
    }
  }

  /** Something else shows that records of this scope were here, and none is kept. */
  void erased(String evidence) {
    fault(
        new Fault(
            Fault.Kind.CUT_OFF,
            0,
            0,
            evidence + ", and no audit record of it is kept: the trail was erased"));
  }

  boolean isEmpty() {
    return records == 0;
  }

  ChainReport report() {
    var lastSeq = last.map(AuditRecord::seq).orElse(0L);
    for (var head : heads) {
      var sentence =
          "%s, is not in the chain: its tail was cut off or written anew%s"
              .formatted(head.text(), !whole && head.seq().isEmpty() ? OR_OLDER : "");
      fault(new Fault(Fault.Kind.CUT_OFF, head.seq().orElse(lastSeq), 0, sentence));
    }
    return new ChainReport(
        scope,
        records,
        known,
        first.map(AuditRecord::seq).orElse(0L),
        lastSeq,
        beginning,
        last.map(AuditRecord::hash).orElse(AuditChain.START),
        faults,
        faultCount);
  }
}
