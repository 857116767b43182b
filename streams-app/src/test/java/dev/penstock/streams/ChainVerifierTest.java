package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.ChainReport;
import dev.penstock.streams.replay.ChainReport.Beginning;
import dev.penstock.streams.replay.ChainReport.Fault.Kind;
import dev.penstock.streams.replay.ChainVerifier;
import dev.penstock.streams.replay.KnownHead;
import dev.penstock.streams.replay.NotReplayable;
import dev.penstock.streams.turn.AuditChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The audit chain of a recorded log, and each way in which somebody may change it (I8). */
final class ChainVerifierTest {
  private static final int REGION = 0;
  private final MemoryHistory history = RecordedWorld.served();
  private final List<RawRecord> records = new ArrayList<>(history.records(Topics.AUDIT, REGION));

  private ChainReport check(KnownHead... heads) throws Exception {
    history.put(history.span(Topics.AUDIT, REGION), records);
    return new ChainVerifier(history).check(List.of(Facts.REGION), List.of(heads)).getFirst();
  }

  private List<Kind> kinds(KnownHead... heads) throws Exception {
    return check(heads).faults().stream().map(ChainReport.Fault::kind).toList();
  }

  private AuditRecord record(int at) {
    return RecordedWorld.value(records.get(at), AuditRecord.class);
  }

  private KnownHead head(int at) {
    var record = record(at);
    return new KnownHead(record.scope(), OptionalLong.of(record.seq()), record.hash(), "a file");
  }

  private static AuditRecord said(AuditRecord r, String what) {
    var entry = new AuditEntry.PersonDecided("eve", what);
    return new AuditRecord(
        r.scope(), r.seq(), r.ordinal(), r.time(), entry, r.previousHash(), r.hash());
  }

  private void withoutCheckpoints() {
    history.put(history.span(Topics.CHECKPOINTS, REGION), List.of());
  }

  @Test
  void aChainThatNobodyTouchedIsIntact() throws Exception {
    var reports = new ChainVerifier(history).check(List.of(), List.of());
    assertEquals(2, reports.size());
    assertTrue(reports.stream().allMatch(ChainReport::intact), reports.toString());
    var region = check(head(records.size() - 1), head(5));
    assertTrue(region.intact(), region.toString());
    assertEquals(records.size(), region.records());
    assertEquals(record(records.size() - 1).hash(), region.head());
    assertEquals(record(0).seq(), region.firstSeq());
    assertEquals(Beginning.COMPLETE, region.beginning());
  }

  @Test
  void anAlteredRecordIsFound() throws Exception {
    records.set(
        20, RecordedWorld.changed(records.get(20), AuditRecord.class, r -> said(r, "nothing")));
    assertEquals(List.of(Kind.ALTERED), kinds());
    assertEquals(record(20).seq(), check().faults().getFirst().seq());
  }

  @Test
  void anAlteredRecordWithAHashThatFitsBreaksTheChainBehindIt() throws Exception {
    records.set(
        20,
        RecordedWorld.changed(
            records.get(20), AuditRecord.class, r -> AuditChain.seal(said(r, "nothing"))));
    assertEquals(List.of(Kind.DROPPED), kinds());
    assertEquals(record(21).seq(), check().faults().getFirst().seq());
  }

  @Test
  void bytesThatAreNoRecordAreFound() throws Exception {
    var r = records.get(20);
    records.set(20, new RawRecord(r.position(), r.time(), r.key(), Optional.of(new byte[] {0, 1})));
    assertEquals(List.of(Kind.ALTERED, Kind.DROPPED), kinds());
  }

  @Test
  void aDroppedRecordIsFound() throws Exception {
    records.remove(20);
    assertEquals(List.of(Kind.DROPPED), kinds());
  }

  @Test
  void aDroppedBeginningIsFound() throws Exception {
    records.subList(0, 3).clear();
    assertEquals(List.of(Kind.DROPPED), kinds());
  }

  @Test
  void recordsInAnotherOrderAreFound() throws Exception {
    Collections.swap(records, 0, 1);
    assertEquals(List.of(Kind.REORDERED), kinds());
    Collections.swap(records, 0, 1);
    Collections.swap(records, 20, 21);
    assertEquals(List.of(Kind.REORDERED), kinds());
    records.add(10, records.remove(14));
    assertEquals(
        List.of(Kind.REORDERED, Kind.REORDERED, Kind.REORDERED, Kind.REORDERED, Kind.REORDERED),
        kinds());
  }

  @Test
  void aRepeatedRecordIsFound() throws Exception {
    records.add(22, records.get(20));
    assertEquals(List.of(Kind.INSERTED), kinds());
  }

  @Test
  void aTailThatWasCutOffIsFoundByAHeadThatIsKept() throws Exception {
    withoutCheckpoints();
    var kept = head(records.size() - 1);
    records.removeLast();
    assertEquals(List.of(), kinds());
    assertEquals(List.of(Kind.CUT_OFF), kinds(kept));
    assertEquals(kept.seq().getAsLong(), check(kept).faults().getFirst().seq());
  }

  @Test
  void aHashAloneIsToldWithoutARecord() throws Exception {
    withoutCheckpoints();
    var kept = head(records.size() - 1);
    records.removeLast();
    var hash = new KnownHead(kept.scope(), OptionalLong.empty(), kept.hash(), "the command line");
    var fault = check(hash).faults().getFirst();
    assertEquals(Kind.CUT_OFF, fault.kind());
    assertTrue(fault.sentence().startsWith("the head " + kept.hash() + ", known from the command"));
    assertEquals(check().lastSeq(), fault.seq());
    assertFalse(fault.sentence().contains("no longer kept"), fault.sentence());

    cut(3);
    assertTrue(check(hash).faults().getFirst().sentence().contains("no longer kept"));
  }

  @Test
  void anErasedTrailIsFoundByWhatPeopleDecided() throws Exception {
    withoutCheckpoints();
    records.clear();
    assertEquals(List.of(Kind.CUT_OFF), kinds());
    var told = check().faults().getFirst().sentence();
    assertTrue(told.contains("what a person decided is at position"), told);
    assertEquals(Beginning.NONE, check().beginning());
  }

  @Test
  void aScopeThatIsNotRegisteredAnyMoreIsFoundByItsHead() throws Exception {
    var kept = head(7);
    var elsewhere = new Scope("999999999999", "eu-west-1");
    var lost = new KnownHead(elsewhere, kept.seq(), kept.hash(), "a file");
    var verifier = new ChainVerifier(history);
    var reports = verifier.check(List.of(), List.of(lost));
    assertEquals(3, reports.size());
    assertEquals(
        List.of(elsewhere),
        reports.stream().filter(r -> !r.intact()).map(ChainReport::scope).toList());
    assertEquals(1, verifier.check(List.of(elsewhere), List.of(lost)).size());
    assertThrows(
        NotReplayable.class, () -> verifier.check(List.of(elsewhere), List.of()), "never heard of");
  }

  @Test
  void aRegistryThatCannotBeReadIsSaidUnlessALaterEntryCan() throws Exception {
    var registry = new ArrayList<>(history.records(Topics.REGISTRY, 0));
    var first = registry.getFirst();
    var end = first.position() + registry.size();
    var unread = Optional.of(new byte[] {7});
    registry.add(new RawRecord(end, first.time(), first.key(), unread));
    register(registry);
    var verifier = new ChainVerifier(history);
    var refused =
        assertThrows(NotReplayable.class, () -> verifier.check(List.of(), List.of())).getMessage();
    assertTrue(refused.contains(first.key()), refused);

    registry.add(new RawRecord(end + 1, first.time(), first.key(), first.value()));
    register(registry);
    assertEquals(2, verifier.check(List.of(), List.of()).size());

    register(List.of());
    refused =
        assertThrows(NotReplayable.class, () -> verifier.check(List.of(), List.of())).getMessage();
    assertTrue(refused.contains("no scope is registered"), refused);
  }

  private void register(List<RawRecord> registry) {
    var end = registry.isEmpty() ? 0 : registry.getLast().position() + 1;
    history.put(new Span(Topics.REGISTRY, 0, 0, end), registry);
  }

  @Test
  void aTailThatWasCutOffBeforeACheckpointIsFoundByIt() throws Exception {
    records.subList(10, records.size()).clear();
    assertTrue(kinds().contains(Kind.CUT_OFF), kinds().toString());
  }

  @Test
  void aChainThatWasWrittenAnewIsFoundByAHeadThatIsKept() throws Exception {
    withoutCheckpoints();
    var kept = head(30);
    var hash = record(19).hash();
    for (int i = 20; i < records.size(); i++) {
      var previous = hash;
      var entry = i == 20 ? Optional.<String>of("nothing") : Optional.<String>empty();
      records.set(
          i,
          RecordedWorld.changed(
              records.get(i),
              AuditRecord.class,
              r -> chained(entry.map(what -> said(r, what)).orElse(r), previous)));
      hash = record(i).hash();
    }
    assertEquals(List.of(), kinds());
    assertEquals(List.of(Kind.CUT_OFF), kinds(kept));
  }

  private static AuditRecord chained(AuditRecord r, String previous) {
    return AuditChain.seal(
        new AuditRecord(r.scope(), r.seq(), r.ordinal(), r.time(), r.entry(), previous, ""));
  }

  @Test
  void whatRetentionDeletedIsNoFaultAndSaidToBeProvenOrNot() throws Exception {
    cut(5);
    var unproven = check(head(0));
    assertTrue(unproven.intact(), unproven.toString());
    assertEquals(Beginning.UNPROVEN, unproven.beginning());
    var proven = head(2);
    cut(3);
    assertEquals(Beginning.PROVEN, check(proven).beginning());
    assertEquals(List.of(), kinds(proven));
  }

  private void cut(int first) {
    records.subList(0, first).clear();
    var begin = records.getFirst().position();
    var end = records.getLast().position() + 1;
    history.put(new Span(Topics.AUDIT, REGION, begin, end), records);
  }

  @Test
  void aCheckpointProvesABeginning() throws Exception {
    var head =
        history.records(Topics.CHECKPOINTS, REGION).stream()
            .map(r -> RecordedWorld.value(r, Checkpoint.class).body())
            .filter(Checkpoint.Head.class::isInstance)
            .map(Checkpoint.Head.class::cast)
            .findFirst()
            .orElseThrow();
    var at = 0;
    while (!record(at).hash().equals(head.chainHash())) {
      at++;
    }
    cut(at + 1);
    assertEquals(Beginning.PROVEN, check().beginning());
    assertTrue(check().intact(), check().toString());
  }
}
