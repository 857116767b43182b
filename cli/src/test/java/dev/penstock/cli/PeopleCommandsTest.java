package dev.penstock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.Registrations;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.schemas.table.StackRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.query.HttpFace;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.QueryApi;
import dev.penstock.streams.query.ScopeOwners.Here;
import dev.penstock.streams.query.ScopeOwners.Owner;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** holds, approve, pause, resume and drop against the API of a stream: words, exit code, record. */
final class PeopleCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Scope REGION = new Scope("111122223333", "us-west-2");
  private static final Scope DNS = Scope.global("111122223333");
  private static final StackId WEB = StackId.parse("c1|ingress|default/web");
  private static final String HELD = WEB + "|TargetGroup|default/web-web:80";
  private static final String SENTENCE = "its protocol version can only be had by a new one";

  @TempDir Path folder;

  private final MemoryLog log = new MemoryLog(() -> Instant.EPOCH);
  private final MemoryTables tables = new MemoryTables();
  private HttpFace face;
  private Path config;

  /** What a command printed and answered. */
  private record Said(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  /** penstock.registry in memory. */
  private record Registry(MemoryLog log, TreeMap<String, RegistryEntry> entries)
      implements PeopleWrites.Registrar {
    @Override
    public Registrations now() {
      return new Registrations(entries);
    }

    @Override
    public void register(Scope scope) {
      log.register(scope);
      var entry = new ScopeEntry(scope, 0);
      entries.put(Registrations.key(entry), entry);
    }

    @Override
    public void put(ClusterEntry entry) {
      entries.put(Registrations.key(entry), entry);
    }
  }

  private record Well() implements HttpFace.Health {
    @Override
    public boolean alive() {
      return true;
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public String metrics() {
      return "";
    }
  }

  @BeforeEach
  void begin() throws Exception {
    var registry = new Registry(log, new TreeMap<>());
    registry.register(REGION);
    registry.register(DNS);
    var registration = ClusterRegistration.of("c1", REGION, "vpc-1").withDnsScopes(List.of(DNS));
    registry.put(new ClusterEntry(registration, ClusterMode.MANAGE));
    tables.put(Table.STACKS, REGION + "|" + WEB, new StackRow(WEB, false, "", Map.of(), List.of()));
    var api =
        new QueryApi(
            () -> tables,
            new PeopleWrites(log, registry),
            () -> new TreeMap<Scope, Owner>(Map.of(REGION, new Here(), DNS, new Here())),
            Map.of("ann", "token-of-ann"));
    face = HttpFace.start("127.0.0.1:0", new Well(), Map.of("/v1/", api));
    config = config("token-of-ann", face.port());
  }

  @AfterEach
  void end() {
    face.close();
  }

  private Path config(String token, int port) throws IOException {
    var file = Files.writeString(folder.resolve("token"), token);
    return Files.writeString(
        folder.resolve("penstock.yaml"),
        "http: {url: 'http://127.0.0.1:%d', token: 'file:%s'}%n".formatted(port, file));
  }

  private void hold() {
    var row =
        new HoldRow(
            "h1", HoldRule.REPLACEMENT, HELD, SENTENCE, List.of(HELD), Instant.EPOCH, false, "");
    tables.put(Table.HOLDS, REGION + "|h1", row);
  }

  private Said say(String command) {
    var arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add("--config=" + config);
    var out = new StringWriter();
    var err = new StringWriter();
    var code =
        PenstockMain.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  private List<EventBody> written(Scope scope) {
    return log.read(scope, 0).stream().map(kept -> kept.event().body()).toList();
  }

  private void refused(int code, String words, Said said) {
    assertEquals(code, said.code(), said.toString());
    assertEquals("", said.out());
    assertTrue(code == 2 || said.err().startsWith("penstock: "), said.err());
    assertTrue(said.err().contains(words), said.err());
    assertEquals(List.of(), written(REGION));
    assertEquals(List.of(), written(DNS));
  }

  @Test
  void holdsAreShownWithTheCommandThatReleasesEach() throws Exception {
    assertEquals(new Said(0, "Nothing is held.\n", ""), say("holds"));
    assertEquals("{\"holds\":[]}", say("holds -o json").out().strip());
    hold();
    assertEquals(
        new Said(
            0,
            """
            h1  %s  since 1970-01-01T00:00:00Z
                %s
                %s
                release it: penstock approve h1
            """
                .formatted("REPLACEMENT", HELD, SENTENCE),
            ""),
        say("holds"));
    var hold = say("holds -o json").json().path("holds").path(0);
    assertEquals("h1", hold.path("id").asText());
    assertEquals(SENTENCE, hold.path("sentence").asText());
  }

  @Test
  void anApprovalIsARecordWithThePersonsName() throws Exception {
    hold();
    assertEquals(new Said(0, "approved h1\n", ""), say("approve h1"));
    assertEquals(List.of(new PersonFact.HoldApproved("ann", "h1")), written(REGION));

    var place = say("approve h1 -o json").json();
    assertEquals(REGION.toString(), place.path("scope").asText());
    assertEquals(1, place.path("position").asLong());
    assertEquals(2, written(REGION).size());
  }

  @Test
  void aHoldThatIsNotThereIsRefusedWithTheCommandThatListsThem() {
    refused(1, "no hold h9; `penstock holds` lists them", say("approve h9"));
    refused(1, "no hold h9", say("approve h9 -o json"));
  }

  @Test
  void aPauseStandsInEveryScopeOfTheStackUntilItIsResumed() throws Exception {
    var target = new PauseTarget(PauseKind.STACK, WEB.toString());
    assertEquals(new Said(0, "paused stack default/web\n", ""), say("pause stack default/web"));
    var paused = new PersonFact.Paused("ann", target, false);
    assertEquals(List.of(paused), written(REGION));
    assertEquals(List.of(paused), written(DNS));
    var place = say("pause stack default/web --all -o json").json();
    assertEquals(REGION.toString(), place.path("scope").asText());
    assertEquals(new PersonFact.Paused("ann", target, true), written(REGION).getLast());

    var row = new PauseRow(PauseKind.STACK, WEB.toString(), true, "ann", Instant.EPOCH);
    tables.put(Table.PAUSES, REGION + "|stack|" + WEB, row);
    assertEquals(new Said(0, "resumed stack default/web\n", ""), say("resume stack default/web"));
    assertEquals(new PersonFact.Resumed("ann", target), written(REGION).getLast());
    var back = say("resume stack default/web -o json").json();
    assertEquals(REGION.toString(), back.path("scope").asText());
  }

  @Test
  void whatCannotBePausedIsRefusedWithWhatThereIs() {
    refused(1, "of this kind there are [" + WEB + "]", say("pause stack default/wbe"));
    refused(
        2,
        "a kind is one of [scope, cluster, stack, target-group, name], not: stak",
        say("pause stak default/web"));
    refused(1, "of this kind there are [c1]", say("pause cluster c2"));
    refused(1, "is not paused; paused are []", say("resume stack default/web"));
  }

  @Test
  void aDropIsARecordOfTheMembersCluster() throws Exception {
    var member = ObjectKey.parse("c1|Ingress|default/web");
    assertEquals(new Said(0, "dropped " + member + "\n", ""), say("drop " + member));
    assertEquals(List.of(new PersonFact.MemberDropped("ann", member)), written(REGION));
    var place = say("drop " + member + " -o json").json();
    assertEquals(REGION.toString(), place.path("scope").asText());
  }

  @Test
  void whatCannotBeDroppedIsRefusedWithItsForm() {
    refused(2, "a member is cluster|Ingress|namespace/name, not: web", say("drop web"));
    refused(1, "no such cluster: c2; there are [c1]", say("drop c2|Ingress|default/web"));
  }

  private void cluster(boolean listed) {
    var registration = ClusterRegistration.of("c1", REGION, "vpc-1").withDnsScopes(List.of(DNS));
    tables.put(
        Table.CLUSTERS,
        REGION + "|c1",
        ClusterRow.of(registration).spokenForBy("w", "", false).snapshotTaken(listed, List.of()));
    tables.put(Table.SCANS, REGION + "|cluster|c1", new ScanRow(1, Instant.EPOCH));
  }

  @Test
  void aPlanSaysPlainlyThatNothingWouldChange() throws Exception {
    cluster(true);
    var quiet = "Nothing would change: c1 has what it asks for.\n";
    assertEquals(new Said(0, quiet, ""), say("plan c1"));
    assertEquals(new Said(0, quiet, ""), say("plan --adopt c1"));
    assertEquals(0, say("plan c1 -o json").json().path("changes").size());
    refused(1, "no such cluster: c2; there are [c1]", say("plan c2"));
  }

  @Test
  void aPlanNamesWhatIsThereToDoAndWhatIsNotKnown() throws Exception {
    cluster(true);
    var group = WEB + "|TargetGroup|default/web-web:80";
    tables.put(
        Table.VERDICTS,
        REGION + "|" + group,
        new VerdictRow(
            VerdictKind.DEFERRED,
            "AWS was too busy",
            1,
            Instant.EPOCH,
            0,
            Optional.empty(),
            Optional.empty()));
    assertEquals(
        new Said(
            1,
            """
            ACTION    WHERE        WHAT                            WHY
            deferred  default/web  TargetGroup default/web-web:80  AWS was too busy

            1 thing would change.
            """,
            ""),
        say("plan c1"));

    cluster(false);
    assertTrue(say("plan c1").out().endsWith("What would change is not known yet.\n"));
    assertEquals(1, say("plan c1").code());
  }

  @Test
  void aReleaseIsARecordInEveryScopeOfTheCluster() throws Exception {
    assertEquals(new Said(0, "cluster c1 is released\n", ""), say("cluster release c1"));
    var fact = new PersonFact.ClusterModeChanged("ann", "c1", ClusterMode.RELEASED);
    assertEquals(List.of(fact), written(REGION));
    assertEquals(List.of(fact), written(DNS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holds",
        "plan --adopt c1",
        "approve h1",
        "pause stack default/web",
        "resume stack default/web",
        "drop c1|Ingress|default/web"
      })
  void withoutARightTokenOrAStreamNothingIsDoneAndTheNextStepIsSaid(String command)
      throws Exception {
    hold();
    config("token-of-nobody", face.port());
    var wrong = say(command);
    refused(3, "set http.token to a token that http.tokens of stream knows", wrong);
    assertFalse(wrong.err().contains("token-of-nobody"), wrong.err());

    config("token-of-ann", 1);
    refused(4, "is `penstock stream` or `penstock sandbox` running", say(command));
  }

  @Test
  void anAddressAtWhichSomethingElseAnswersIsSaid() throws Exception {
    try (var other = HttpFace.start("127.0.0.1:0", new Well(), Map.of())) {
      config("token-of-ann", other.port());
      refused(4, "not the API of this version of `penstock stream` (HTTP 404", say("holds"));
      refused(4, "does http.url name it?", say("approve h1"));
    }
  }

  @Test
  void whatIsWrongOnTheCommandLineIsSaidThoughNoStreamRuns() throws Exception {
    config("token-of-ann", 1);
    refused(2, "a kind is one of", say("pause frob x"));
    refused(2, "a kind is one of", say("resume frob x"));
    for (var home : List.of("us-west-2", "us-west-2/111122223333", "1234/us-west-2", "x")) {
      refused(2, "a scope is ACCOUNT/REGION", say("cluster register a --home " + home));
    }
    refused(2, "--home is ACCOUNT/REGION", say("cluster register a --home " + DNS));
    var elsewhere = "cluster register a --home %s --dns-scope %s".formatted(REGION, REGION);
    refused(2, "--dns-scope is ACCOUNT/global", say(elsewhere));
  }

  @Test
  void aRestrictionOfAGroupThatAllowsNobodyIsRefusedWithWhatIsAllowed() throws Exception {
    var text = "scope: %s%nsettings: {restrictedGroups: [{group: edge, namespaces: %s}]}%n";
    var file = Files.writeString(folder.resolve("settings.yaml"), text.formatted(REGION, "[]"));
    refused(2, "at least one namespace that may join", say("configure -f " + file));
    Files.writeString(file, text.formatted(REGION, "[team-a, 'web-*']"));
    assertEquals(0, say("configure -f " + file).code());
    assertEquals(1, written(REGION).size());
  }

  @Test
  void settingsOfSeveralScopesAreAllCheckedBeforeTheFirstIsSent() throws Exception {
    var file = folder.resolve("settings.yaml");
    Files.writeString(
        file,
        "scope: %s%nsettings: {sweepIntervalMillis: 1}%n---%nscope: here%nsettings: {}%n"
            .formatted(REGION));
    refused(3, "a scope is ACCOUNT/REGION", say("configure -f " + file));
    Files.writeString(file, "ingressClass: alb%n---%ningressClass: other%n".formatted());
    var register = "cluster register a --home %s -f %s".formatted(REGION, file);
    refused(3, "it has 2 documents; only one can be taken", say(register));
  }
}
