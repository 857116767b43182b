package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.history.LogFile;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.table.Checkpoint;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.Difference;
import dev.penstock.streams.replay.Difference.Kind;
import dev.penstock.streams.replay.NotReplayable;
import dev.penstock.streams.replay.Replay;
import dev.penstock.streams.replay.Report;
import dev.penstock.streams.replay.Report.ScopeReport;
import dev.penstock.streams.replay.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded log replayed (I3): equal to the last bit, or the first difference and its cause. */
final class RecordedLogTest {
  private static final int REGION = 0;
  private static final int DNS = 1;

  @TempDir Path folder;
  private final MemoryHistory history = RecordedWorld.served();

  private Report replay(Selection selection, int restartEvery) throws Exception {
    return new Replay(history, selection, restartEvery, (_, _) -> {}).run();
  }

  private ScopeReport region() throws Exception {
    return replay(only(Facts.REGION), 0).scopes().getFirst();
  }

  private Difference difference() throws Exception {
    return region().difference().orElseThrow();
  }

  private static Selection only(Scope scope) {
    return new Selection(new TreeSet<>(List.of(scope)), Optional.empty(), Optional.empty());
  }

  /** Changes the first value of which this holds. */
  private <T> void change(Topic topic, Class<T> type, Predicate<T> which, UnaryOperator<T> how) {
    var records = records(topic);
    for (int i = 0; i < records.size(); i++) {
      if (which.test(RecordedWorld.value(records.get(i), type))) {
        records.set(i, RecordedWorld.changed(records.get(i), type, how));
        put(topic, records);
        return;
      }
    }
    throw new AssertionError("nothing to change in " + topic.name());
  }

  private static AuditRecord with(AuditRecord r, AuditEntry entry) {
    return new AuditRecord(
        r.scope(), r.seq(), r.ordinal(), r.time(), entry, r.previousHash(), r.hash());
  }

  private static AuditEntry reworded(AuditEntry.Decided d) {
    return new AuditEntry.Decided(d.commandId(), d.key(), "Delete", d.cause(), d.operation());
  }

  private List<RawRecord> records(Topic topic) {
    return new ArrayList<>(history.records(topic, REGION));
  }

  private void put(Topic topic, List<RawRecord> records) {
    var span = history.span(topic, REGION);
    history.put(span, records);
  }

  @Test
  void everythingIsDecidedAgainAsItWas() throws Exception {
    var report = replay(Selection.all(), 0);
    assertTrue(report.equal(), report.toString());
    assertEquals(
        List.of(Facts.DNS, Facts.REGION),
        report.scopes().stream().map(ScopeReport::scope).toList());
    for (var topic :
        List.of(
            Topics.AUDIT,
            Topics.COMMANDS,
            Topics.KUBERNETES_COMMANDS,
            Topics.CHANGES,
            Topics.CHECKPOINTS)) {
      var values = records(topic).stream().filter(r -> r.value().isPresent()).count();
      assertTrue(values > 0, topic.name());
      assertEquals(values, region().compared().get(topic.name()), topic.name());
    }
  }

  @Test
  void aLogFileHoldsAllThatReplayNeeds() throws Exception {
    var file = folder.resolve("log.avro");
    LogFileExport.write(history, file, (_, _) -> {});
    try (var log = LogFile.open(file)) {
      assertEquals(
          replay(Selection.all(), 0), new Replay(log, Selection.all(), 0, (_, _) -> {}).run());
    }
  }

  @Test
  void restartsAfterAnyNumberOfRecordsChangeNothing() throws Exception {
    var whole = replay(Selection.all(), 0);
    for (int batch : new int[] {1, 7, 64}) {
      assertEquals(whole, replay(Selection.all(), batch), "batches of " + batch);
    }
  }

  @Test
  void replayMayBeginAtACheckpointAndEndAtAMoment() throws Exception {
    var events = records(Topics.EVENTS);
    var since = events.get(events.size() - 10).time();
    var until = events.get(events.size() - 5).time();
    var scopes = new TreeSet<>(List.of(Facts.REGION));
    var report = replay(new Selection(scopes, Optional.of(since), Optional.of(until)), 0);
    var part = report.scopes().getFirst();
    assertTrue(report.equal(), report.toString());
    assertTrue(part.after() > 0 && part.last() < region().last(), part.toString());
    assertEquals(part.last() - part.after(), part.events());
  }

  @Test
  void whatRetentionDeletedIsNotMissedIfACheckpointIsKept() throws Exception {
    cut(Topics.EVENTS, 60);
    cut(Topics.AUDIT, 30);
    cut(Topics.CHANGES, 20);
    var part = region();
    assertEquals(Optional.empty(), part.difference());
    assertTrue(part.after() > 0, part.toString());
    put(Topics.CHECKPOINTS, List.of());
    var refused = assertThrows(NotReplayable.class, this::region);
    assertTrue(refused.getMessage().contains("no checkpoint"), refused.getMessage());
    assertTrue(replay(only(Facts.DNS), 0).equal(), "the other scope is whole");
  }

  private void cut(Topic topic, int first) {
    var records = records(topic);
    var begin = records.get(first).position();
    history.put(
        new Span(topic, REGION, begin, records.getLast().position() + 1),
        records.subList(first, records.size()));
  }

  @Test
  void aCheckpointWithAnotherRowIsNoBeginning() throws Exception {
    var since = Optional.of(records(Topics.EVENTS).getLast().time());
    var from = new Selection(new TreeSet<>(List.of(Facts.REGION)), since, Optional.empty());
    assertTrue(replay(from, 0).scopes().getFirst().after() > 0);
    var records = records(Topics.CHECKPOINTS);
    records.set(records.size() - 3, records.get(records.size() - 2));
    put(Topics.CHECKPOINTS, records);
    var refused = assertThrows(NotReplayable.class, () -> replay(from, 0));
    assertTrue(refused.getMessage().contains("altered"), refused.getMessage());
  }

  @Test
  void scopesDecideTheSameOnOtherPartitionsAndPositions() throws Exception {
    var moved = new MemoryHistory(history.schemas());
    var positions = 100L;
    var together = new ArrayList<RawRecord>();
    for (var topic : List.of(Topics.EVENTS, Topics.AUDIT, Topics.COMMANDS, Topics.CHANGES)) {
      together.clear();
      for (var partition : List.of(REGION, DNS)) {
        for (var r : history.records(topic, partition)) {
          together.add(new RawRecord(positions += 3, r.time(), r.key(), r.value()));
        }
      }
      moved.put(new Span(topic, 5, 0, positions + 1), together);
    }
    // The rows of checkpoints hold positions.
    moved.put(new Span(Topics.CHECKPOINTS, 5, 1, 1), List.of());
    moved.put(
        history.span(Topics.REGISTRY, 0),
        history.records(Topics.REGISTRY, 0).stream().map(RecordedLogTest::movedTo5).toList());
    var report = new Replay(moved, Selection.all(), 0, (_, _) -> {}).run();
    var before = replay(Selection.all(), 0);
    for (int i = 0; i < 2; i++) {
      assertEquals(Optional.empty(), report.scopes().get(i).difference());
      assertEquals(before.scopes().get(i).auditHash(), report.scopes().get(i).auditHash());
      for (var topic : List.of("penstock.audit", "penstock.commands", "penstock.changes")) {
        assertEquals(
            before.scopes().get(i).compared().get(topic),
            report.scopes().get(i).compared().get(topic));
      }
    }
  }

  private static RawRecord movedTo5(RawRecord entry) {
    return RecordedWorld.changed(
        entry,
        RegistryEntry.class,
        it -> it instanceof ScopeEntry(var scope, _) ? new ScopeEntry(scope, 5) : it);
  }

  @Test
  void aRecordedDecisionThatWasAlteredIsShownWithItsCause() throws Exception {
    change(
        Topics.AUDIT,
        AuditRecord.class,
        it -> it.entry() instanceof AuditEntry.Decided d && d.verdict().equals("Create"),
        it -> with(it, reworded((AuditEntry.Decided) it.entry())));
    var found = difference();
    assertEquals(Kind.CHANGED, found.kind());
    assertEquals("penstock.audit", found.topic());
    assertEquals("entry.verdict", found.field());
    assertEquals("Delete", found.recorded());
    assertEquals("Create", found.recomputed());
    assertTrue(found.explanation().contains("altered after it was written"), found.toString());
    assertTrue(found.cause().key().startsWith(Facts.REGION + "|"), found.toString());
    assertTrue(found.seq() > 0 && found.cause().event().length() > 3, found.toString());
  }

  @Test
  void aDroppedDecisionIsShownAsNotRecorded() throws Exception {
    var records = records(Topics.AUDIT);
    records.remove(20);
    put(Topics.AUDIT, records);
    var found = difference();
    assertEquals(Kind.NOT_RECORDED, found.kind());
    assertTrue(found.explanation().contains("dropped"), found.explanation());
  }

  @Test
  void aDecisionThatNobodyMadeIsShownAsOnlyRecorded() throws Exception {
    var records = records(Topics.AUDIT);
    records.add(21, records.get(20));
    put(Topics.AUDIT, records);
    assertEquals(Kind.ONLY_RECORDED, difference().kind());
    assertTrue(difference().explanation().contains("repeated"), difference().explanation());
  }

  @Test
  void aTailThatIsMissingIsShown() throws Exception {
    var records = records(Topics.AUDIT);
    put(Topics.AUDIT, records.subList(0, records.size() - 1));
    assertEquals(Kind.NOT_RECORDED, difference().kind());
    assertTrue(difference().explanation().contains("tail"), difference().explanation());
  }

  @Test
  void bytesThatAreNoRecordAreShown() throws Exception {
    var records = records(Topics.AUDIT);
    var broken = records.get(20);
    var bytes = Optional.of(new byte[] {0, 0, 0, 0, 3, 99});
    records.set(20, new RawRecord(20, broken.time(), broken.key(), bytes));
    put(Topics.AUDIT, records);
    assertEquals(Kind.UNREADABLE, difference().kind());
  }

  @Test
  void anotherEventGivesAnotherDecisionWhoseRecordIsAsItWasWritten() throws Exception {
    change(
        Topics.EVENTS,
        Event.class,
        it -> it.body() instanceof PersonFact.ClusterModeChanged,
        it -> new Event(it.scope(), it.key(), byEve((PersonFact.ClusterModeChanged) it.body())));
    var found = difference();
    assertEquals(Kind.CHANGED, found.kind());
    assertEquals("entry.subject", found.field());
    assertEquals("eve", found.recomputed());
    assertEquals("ClusterModeChanged", found.cause().event());
    assertTrue(found.explanation().contains("penstock.events was altered"), found.explanation());
  }

  private static PersonFact byEve(PersonFact.ClusterModeChanged it) {
    return new PersonFact.ClusterModeChanged("eve", it.cluster(), it.mode());
  }

  @Test
  void aCommandThatDiffersIsFound() throws Exception {
    change(
        Topics.COMMANDS,
        Command.class,
        it -> it.urgency() == Urgency.CREATION,
        it ->
            new Command(
                it.id(),
                it.scope(),
                it.key(),
                it.seq(),
                it.decided(),
                Urgency.SWEEP,
                it.cause(),
                it.operation()));
    assertEquals("penstock.commands", difference().topic());
    assertEquals("urgency", difference().field());
    assertEquals("SWEEP", difference().recorded());
  }

  @Test
  void theNextCheckpointIsCompared() throws Exception {
    change(
        Topics.CHECKPOINTS,
        Checkpoint.class,
        it -> it.body() instanceof Checkpoint.Head,
        it -> new Checkpoint(it.scope(), it.seq(), otherHash((Checkpoint.Head) it.body())));
    assertEquals("penstock.checkpoints", difference().topic());
    assertEquals("body.rowsHash", difference().field());
  }

  private static Checkpoint.Head otherHash(Checkpoint.Head head) {
    return new Checkpoint.Head(
        head.position(), head.time(), head.rows(), "other", head.chainHash(), head.decisions());
  }

  @Test
  void compactionMayTakeCommandsThatWereReplaced() throws Exception {
    var values = records(Topics.COMMANDS).stream().filter(r -> r.value().isPresent()).toList();
    put(Topics.COMMANDS, values.subList(values.size() - 1, values.size()));
    assertEquals(Optional.empty(), region().difference());
    assertEquals(1, region().compared().get("penstock.commands"));
  }

  @Test
  void deadLettersAndForeignBytesTakeNoNumber() throws Exception {
    var records = records(Topics.EVENTS);
    var last = records.getLast();
    var foreign = Optional.of(new byte[] {1, 2, 3});
    records.add(new RawRecord(last.position() + 1, last.time(), "nobody", foreign));
    records.add(new RawRecord(last.position() + 2, last.time(), "nobody", Optional.empty()));
    put(Topics.EVENTS, records);
    var before = region();
    assertEquals(Optional.empty(), before.difference());
    records.add(
        new RawRecord(last.position() + 3, last.time(), Facts.REGION + "|x", Optional.empty()));
    put(Topics.EVENTS, records);
    assertEquals(before.last() + 1, region().last());
  }

  @Test
  void aSchemaThatNobodyKnowsIsRefused() throws Exception {
    var records = records(Topics.EVENTS);
    var bytes = Optional.of(new byte[] {0, 0, 0, 9, 9, 0});
    var last = records.getLast();
    records.add(new RawRecord(last.position() + 1, last.time(), Facts.REGION + "|x", bytes));
    put(Topics.EVENTS, records);
    var refused = assertThrows(NotReplayable.class, this::region);
    assertTrue(refused.getMessage().contains("version"), refused.getMessage());
  }

  @Test
  void aScopeThatIsNotRegisteredIsRefused() {
    var other = new Scope("999999999999", "eu-west-1");
    var refused = assertThrows(NotReplayable.class, () -> replay(only(other), 0));
    assertTrue(refused.getMessage().contains(Facts.REGION.toString()), refused.getMessage());
  }
}
