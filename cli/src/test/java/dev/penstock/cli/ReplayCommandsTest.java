package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.cli.replay.ProgressLine;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.Step;
import dev.penstock.streams.replay.RecordedRun;
import dev.penstock.streams.replay.RecordedRun.Taken;
import dev.penstock.streams.tables.MemoryTables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** replay, state and audit verify on a log file of a few decisions. */
final class ReplayCommandsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/state.txt");
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");
  private static final Instant BEGIN = Instant.parse("2026-01-31T08:00:00Z");

  @TempDir Path folder;
  private Path log;

  private record Said(int code, String out, String err) {}

  private static Said say(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        PenstockMain.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }

  /** One record a minute. */
  private static List<EventBody> bodies() {
    var prod = ClusterRegistration.of("prod", SCOPE, "vpc-1");
    var pause = new PauseTarget(PauseKind.CLUSTER, "prod");
    return List.of(
        new PersonFact.ClusterRegistered("ann", prod),
        new PersonFact.ClusterModeChanged("ann", "prod", ClusterMode.MANAGE),
        new PersonFact.Paused("bob", pause, false),
        new PersonFact.Resumed("ann", pause));
  }

  @BeforeEach
  void record() throws Exception {
    log = folder.resolve("log.avro");
    LogFileExport.write(recorded(), log, (_, _) -> {});
  }

  private static MemoryHistory recorded() {
    var tables = new MemoryTables();
    var run = new ArrayList<Taken>();
    for (var body : bodies()) {
      var event = new Event(SCOPE, SCOPE + "|person", body);
      var time = BEGIN.plusSeconds(60L * run.size());
      run.add(new Taken(event, run.size(), time, Step.step(tables, event, run.size(), time)));
    }
    return RecordedRun.of(run);
  }

  /** The same log with another audit trail. */
  private void keepAudit(List<RawRecord> records) throws Exception {
    var history = recorded();
    history.put(history.span(Topics.AUDIT, 0), records);
    LogFileExport.write(history, log, (_, _) -> {});
  }

  private static List<RawRecord> audit() {
    return new ArrayList<>(recorded().records(Topics.AUDIT, 0));
  }

  private Said on(String command, String... options) {
    var words = Stream.of(command.split(" "));
    var more = Stream.concat(Stream.of("--from", log.toString()), Stream.of(options));
    return say(Stream.concat(words, more).toArray(String[]::new));
  }

  @Test
  void aLogThatLeadsToWhatIsRecordedIsEqual() {
    var said = on("replay", "--measure");
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("4 records: equal bit for bit"), said.out());
    assertTrue(said.out().contains("a loop that only reads them"), said.out());
    var json = on("replay", "-o", "json");
    assertTrue(json.out().startsWith("{\"equal\":true,"), json.out());
  }

  @Test
  void aDifferenceIsShownWithItsCauseAndExitsWith1() throws Exception {
    var records = audit();
    records.remove(records.size() - 2);
    keepAudit(records);
    var said = on("replay");
    assertEquals(1, said.code(), said.err());
    for (var word :
        List.of(
            "DIFFERENT",
            "at record 3: penstock.audit",
            "decided again, but not recorded",
            "Paused 111122223333/us-west-2|person, position 2 of 2026-01-31T08:02:00Z",
            "it was dropped from the topic",
            "1 of 1 scopes differ")) {
      assertTrue(said.out().contains(word), word + " in " + said.out());
    }
    var until = on("replay", "--until", "2026-01-31T08:01:00Z");
    assertEquals(0, until.code(), until.out());
  }

  @Test
  void theAuditTrailIsVerifiedAndItsHeadsAreKept() throws Exception {
    var heads = folder.resolve("heads.txt");
    var said = on("audit verify", "--keep-head", heads.toString());
    assertEquals(0, said.code(), said.err());
    assertTrue(said.out().contains("intact"), said.out());
    assertTrue(said.out().contains("complete from the scope's first one"), said.out());
    assertEquals(0, on("audit verify", "--head", heads.toString()).code());
    var hash = Files.readString(heads).strip().split(" ")[2];
    assertTrue(said.out().contains("head " + hash), said.out());

    var records = audit();
    keepAudit(records.subList(0, records.size() - 1));
    assertEquals(0, on("audit verify").code(), "nothing in the trail shows it");
    var cut = on("audit verify", "--head", heads.toString());
    assertEquals(1, cut.code());
    assertTrue(cut.out().contains("CUT_OFF") && cut.out().contains("heads.txt"), cut.out());
    var scope = SCOPE.toString();
    assertEquals(1, on("audit verify", "--head", hash, "--scope", scope).code());
    assertEquals(2, on("audit verify", "--head", hash).code(), "of which scope?");
    assertEquals(2, on("audit verify", "--head", "nowhere.txt").code());
  }

  @Test
  void aHeadThatIsComparedWithNothingIsRefusedOrFound() throws Exception {
    var heads = Files.writeString(folder.resolve("heads.txt"), "");
    var empty = on("audit verify", "--head", heads.toString());
    assertEquals(3, empty.code());
    assertTrue(empty.err().contains("names no head"), empty.err());

    var hash = "0".repeat(64);
    Files.writeString(heads, "999999999999/eu-west-1 7 " + hash + "\n");
    var gone = on("audit verify", "--head", heads.toString());
    assertEquals(1, gone.code(), gone.err());
    for (var word :
        List.of(
            "999999999999/eu-west-1  NOT INTACT",
            "the head of record 7, known from " + heads,
            "is of a scope that is not registered in this log",
            "1 of 2 scopes intact")) {
      assertTrue(gone.out().contains(word), word + " in " + gone.out());
    }
    var other = on("audit verify", "--head", heads.toString(), "--scope", SCOPE.toString());
    assertEquals(3, other.code());
    assertTrue(other.err().contains("for each of [" + SCOPE + "]"), other.err());

    var alone = on("audit verify", "--head", hash, "--scope", SCOPE.toString());
    assertEquals(1, alone.code());
    assertTrue(alone.out().contains("the head " + hash + ", known from the command line"));
    assertFalse(alone.out().contains("9223372036854775807"), alone.out());
  }

  @Test
  void anErasedTrailIsNotIntactAndHasNoHeadToKeep() throws Exception {
    keepAudit(List.of());
    var said = on("audit verify");
    assertEquals(1, said.code(), said.err());
    assertTrue(said.out().contains(SCOPE + "  NOT INTACT"), said.out());
    assertTrue(said.out().contains("the trail was erased"), said.out());

    var history = recorded();
    history.put(history.span(Topics.AUDIT, 0), List.of());
    history.put(history.span(Topics.EVENTS, 0), List.of());
    LogFileExport.write(history, log, (_, _) -> {});
    var fresh = on("audit verify");
    assertEquals(0, fresh.code(), fresh.err());
    assertTrue(fresh.out().contains(SCOPE + "  empty"), fresh.out());
    var heads = folder.resolve("heads.txt");
    assertEquals(1, on("audit verify", "--keep-head", heads.toString()).code());
    assertTrue(Files.notExists(heads), "a file of no heads would verify nothing");
    assertTrue(on("replay").out().contains("0 records: nothing was compared"));
  }

  @Test
  void aLogWithoutScopesIsNeitherEqualNorIntact() throws Exception {
    var history = recorded();
    history.put(history.span(Topics.REGISTRY, 0), List.of());
    LogFileExport.write(history, log, (_, _) -> {});
    for (var command : List.of("replay", "audit verify", "state")) {
      var said = on(command);
      assertEquals(3, said.code(), command + ": " + said.out());
      assertTrue(said.err().contains("no scope is registered in this log"), said.err());
    }
  }

  @Test
  void aTableThatDoesNotExistIsRefusedWithThoseThatDo() {
    var wrong = on("state", "--table", "desird");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("there is no table desird, only ["), wrong.err());
    assertTrue(wrong.err().contains("desired"), wrong.err());
    assertEquals("No row fits.\n", on("state", "--table", "desired").out());
    assertEquals("", on("state", "--table", "desired", "-o", "json").out());
    var same = on("state", "--diff", "2026-01-31T08:00:30Z", "2026-01-31T08:00:31Z");
    assertEquals("No row that fits changed.\n", same.out());
  }

  @Test
  void progressIsSaidOnceItTakesLong() {
    var now = new long[1];
    var err = new StringWriter();
    var line =
        new ProgressLine(recorded(), new PrintWriter(err, true), () -> BEGIN.plusMillis(now[0]));
    var span = new Span(Topics.CHANGES, 0, 0, 1024);
    for (int i = 0; i < 1024; i++) {
      now[0] += 5;
      line.written(span, new RawRecord(i, BEGIN, "", Optional.empty()));
    }
    assertEquals(
        "penstock: 512 records, 50 % of partition 0 of penstock.changes\n"
            + "penstock: 1,024 records, 100 % of partition 0 of penstock.changes\n",
        err.toString());
  }

  @Test
  void aTrailThatIsNotIntactExitsWith1() throws Exception {
    var records = audit();
    records.add(0, records.remove(1));
    keepAudit(records);
    var kept = folder.resolve("heads.txt");
    var said = on("audit verify", "-o", "json", "--keep-head", kept.toString());
    assertEquals(1, said.code());
    assertTrue(said.out().contains("REORDERED"), said.out());
    assertTrue(Files.notExists(kept), "the head of a broken chain is not kept");
  }

  @Test
  void rowsAreShownAsTheyWereAndWhatChangedBetween() throws Exception {
    var told =
        on("state", "--at", "2026-01-31T08:00:30Z", "--resource", "PROD").out()
            + "\n"
            + on("state", "--table", "clusters", "-o", "json").out()
            + "\n"
            + on("state", "--diff", "2026-01-31T08:00:30Z", "2026-01-31T08:02:30Z").out()
            + "\n"
            + on("state", "--diff", "2026-01-31T08:02:30Z", "now", "-o", "json", "--table=pauses")
                .out();
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, told);
    }
    assertEquals(Files.readString(GOLDEN), told, "run with -Dgolden=write and review the diff");
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheNextStep() throws Exception {
    var none = say("replay", "--from", folder.resolve("none.avro").toString());
    assertEquals(2, none.code());
    assertTrue(none.err().contains("topics export"), none.err());
    var other = Files.writeString(folder.resolve("other.avro"), "no log");
    assertEquals(3, say("state", "--from", other.toString()).code());
    Files.write(other, Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) / 2));
    assertEquals(3, say("replay", "--from", other.toString()).code(), "half a file");
    assertEquals(2, on("replay", "--scope", "here").code());
    var unknown = on("replay", "--scope", "999999999999/eu-west-1");
    assertEquals(3, unknown.code());
    assertTrue(unknown.err().contains(SCOPE.toString()), unknown.err());
    assertEquals(2, on("state", "--diff", "2026-02-01", "2026-01-31").code());
    assertEquals(2, on("state", "--at", "now", "--diff", "1h", "now").code());
    assertEquals(2, on("replay", "--restart-every=-1").code());
  }
}
