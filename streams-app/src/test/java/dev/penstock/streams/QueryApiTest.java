package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.aws.Live.LiveSecurityGroup;
import dev.penstock.schemas.aws.SecurityGroupSpec;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.RestrictedGroup;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.streams.Instance.Reply;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask what, what is refused with which words, and what each decision writes. */
final class QueryApiTest {
  private static final Scope EAST = new Scope("111122223333", "us-east-1");

  private final MemoryLog log = new MemoryLog(() -> Instant.EPOCH);
  private final Instance.Registry registry = new Instance.Registry(log);
  private final MemoryTables tables = new MemoryTables();
  private Instance api;

  @BeforeEach
  void begin() throws IOException {
    registry.register(Facts.REGION);
    registry.register(Facts.DNS);
    registry.put(new ClusterEntry(Facts.registration(), ClusterMode.MANAGE));
    api = start(() -> tables, log, Instance.TOKENS);
  }

  private Instance start(
      Supplier<? extends Tables> asked, MemoryLog written, Map<String, String> tokens)
      throws IOException {
    return Instance.start(asked, new PeopleWrites(written, registry), Instance.ALONE, tokens);
  }

  @AfterEach
  void end() {
    api.close();
  }

  private void restart(
      Supplier<? extends Tables> asked, MemoryLog written, Map<String, String> tokens)
      throws IOException {
    api.close();
    api = start(asked, written, tokens);
  }

  private static void refused(int status, String words, Reply reply) {
    assertEquals(status, reply.status(), reply.body().toString());
    assertTrue(reply.message().contains(words), reply.message());
  }

  private List<EventBody> written(Scope scope) {
    return log.read(scope, 0).stream().map(kept -> kept.event().body()).toList();
  }

  private void decides(Scope scope, EventBody fact, String path, String body) throws Exception {
    var reply = api.post(path, body.replace('\'', '"'));
    assertEquals(200, reply.status(), reply.message());
    assertEquals(scope.toString(), reply.body().path("scope").asText());
    assertEquals(fact, written(scope).getLast());
  }

  @Test
  void withoutAKnownTokenNothingIsAnswered() throws Exception {
    refused(401, "http.token", api.send(api.request("/v1/holds").GET()));
    var wrong = api.request("/v1/holds").header("Authorization", "Bearer other").GET();
    refused(401, "http.token", api.send(wrong));
    var basic = api.request("/v1/holds").header("Authorization", "Basic " + Instance.TOKEN).GET();
    refused(401, "http.token", api.send(basic));
    assertEquals(200, api.get("/v1/holds").status());
  }

  @Test
  void withoutConfiguredTokensReadsAreAnsweredAndWritesRefused() throws Exception {
    restart(() -> tables, log, Map.of());
    assertEquals(200, api.send(api.request("/v1/holds").GET()).status());
    var write = api.request("/v1/pause").POST(BodyPublishers.ofString("{}"));
    refused(403, "http.tokens", api.send(write));
  }

  @Test
  void whatIsUnknownIsSaid() throws Exception {
    refused(404, "no such path", api.get("/v1/nothing"));
    refused(404, "no such path", api.post("/v1/nothing", "{}"));
    refused(404, "there are [clusters, ", api.get("/v1/rows?table=nothing"));
    refused(400, "the parameter subject is missing", api.get("/v1/explain"));
    refused(404, "`penstock holds` lists them", api.post("/v1/approve", "{\"hold\": \"h9\"}"));
    var mode = "{\"cluster\": \"other\", \"mode\": \"manage\"}";
    refused(404, "there are [c1]", api.post("/v1/clusters/mode", mode));
    refused(
        405,
        "GET or POST",
        api.send(
            api.request("/v1/holds").DELETE().header("Authorization", "Bearer " + Instance.TOKEN)));
  }

  @Test
  void whatCannotBeReadIsSaidAndWritesNothing() throws Exception {
    refused(400, "not JSON", api.post("/v1/pause", "{"));
    refused(400, "kind is missing", api.post("/v1/pause", "{}"));
    refused(
        400,
        "the nearest is cluster",
        api.post("/v1/pause", "{\"kind\":\"clster\",\"name\":\"c\"}"));
    refused(400, "a member is", api.post("/v1/drop", "{\"member\": \"web\"}"));
    var settings = "{\"scope\": \"%s\", \"settings\": %s}";
    refused(
        400,
        "the nearest known one is retryMillis",
        api.post("/v1/settings", settings.formatted(Facts.REGION, "{\"retryMilis\": 1}")));
    refused(
        400, "nothing to change", api.post("/v1/settings", settings.formatted(Facts.REGION, "{}")));
    refused(
        400, "a map of names", api.post("/v1/settings", settings.formatted(Facts.REGION, "[1]")));
    refused(400, "account/region", api.post("/v1/settings", settings.formatted("x", "{}")));
    assertEquals(List.of(), written(Facts.REGION));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAsSuch() throws Exception {
    refused(413, "at most", api.post("/v1/pause", " ".repeat((1 << 20) + 1)));
  }

  @Test
  void whileTheTablesMoveOneIsAskedToComeAgain() throws Exception {
    restart(
        () -> {
          throw new InvalidStateStoreException("moving");
        },
        log,
        Instance.TOKENS);
    refused(503, "ask again", api.get("/v1/holds"));
  }

  @Test
  void aLogThatTakesNothingIsTold() throws Exception {
    restart(() -> tables, new MemoryLog(() -> Instant.EPOCH), Instance.TOKENS);
    var pause = "{\"kind\": \"cluster\", \"name\": \"c1\"}";
    refused(503, "the log did not take it", api.post("/v1/pause", pause));
  }

  @Test
  void aHoldIsApprovedInItsScopeByWhoeverSentTheToken() throws Exception {
    tables.put(
        Table.HOLDS,
        Facts.DNS + "|h1",
        new HoldRow("h1", HoldRule.DELETE, "s", "sentence", List.of(), Instant.EPOCH, false, ""));
    decides(Facts.DNS, new PersonFact.HoldApproved("ann", "h1"), "/v1/approve", "{'hold': 'h1'}");
  }

  @Test
  void aPauseBeginsAndEndsWhereItsTargetIsDecided() throws Exception {
    var cluster = new PauseTarget(PauseKind.CLUSTER, "c1");
    decides(
        Facts.REGION,
        new PersonFact.Paused("ann", cluster, true),
        "/v1/pause",
        "{'kind': 'cluster', 'name': 'c1', 'all': true}");
    tables.put(
        Table.PAUSES,
        Facts.REGION + "|cluster|c1",
        new PauseRow(PauseKind.CLUSTER, "c1", true, "ann", Instant.EPOCH));
    decides(
        Facts.REGION,
        new PersonFact.Resumed("ann", cluster),
        "/v1/resume",
        "{'kind': 'cluster', 'name': 'c1'}");
    decides(
        Facts.DNS,
        new PersonFact.Paused("ann", new PauseTarget(PauseKind.SCOPE, Facts.DNS.toString()), false),
        "/v1/pause",
        "{'kind': 'scope', 'name': '111122223333/global'}");
  }

  @Test
  void aMemberIsDroppedAndAClusterRebound() throws Exception {
    var web = new ObjectKey("c1", ObjectKind.INGRESS, "default", "web");
    decides(
        Facts.REGION,
        new PersonFact.MemberDropped("ann", web),
        "/v1/drop",
        "{'member': '" + web + "'}");
    decides(
        Facts.REGION,
        new PersonFact.ClusterRebound("ann", "c1", "u2"),
        "/v1/clusters/rebind",
        "{'cluster': 'c1', 'uid': 'u2'}");
  }

  @Test
  void aNewClusterStandsInShadowInEachOfItsScopesAndInTheRegistry() throws Exception {
    var reply =
        api.post(
            "/v1/clusters",
            """
            {"cluster": "c2", "home": "111122223333/us-east-1", "vpcId": "vpc-2",
             "dnsScopes": ["111122223333/global"], "controller": {"ingressClass": "inner"}}
            """);
    assertEquals(200, reply.status(), reply.message());
    var entry = registry.now().clusters().getLast();
    assertEquals(ClusterMode.SHADOW, entry.mode());
    assertEquals("vpc-2", entry.registration().vpcId());
    assertEquals("inner", entry.registration().controller().ingressClass());
    var fact = new PersonFact.ClusterRegistered("ann", entry.registration());
    assertEquals(List.of(fact), written(EAST));
    var mode = new PersonFact.ClusterModeChanged("ann", "c2", ClusterMode.SHADOW);
    assertEquals(List.of(fact, mode), written(Facts.DNS));
  }

  @Test
  void aDnsScopeThatJoinsAClusterLearnsFirstWhatStandsStillOfIt() throws Exception {
    pausedAtHome(PauseKind.CLUSTER, "c1");
    pausedAtHome(PauseKind.STACK, "c1|ingress|default/web");
    pausedAtHome(PauseKind.CLUSTER, "other");
    var registered = registry.now().cluster("c1").orElseThrow();
    var body =
        "{\"cluster\": \"c1\", \"home\": \"%s\", \"dnsScopes\": [\"%s\", \"444455556666/global\"]}";

    var reply = api.post("/v1/clusters", body.formatted(Facts.REGION, Facts.DNS));

    assertEquals(200, reply.status(), reply.message());
    assertEquals(List.of(Facts.DNS), registered.dnsScopes());
    var stack = new PauseTarget(PauseKind.STACK, "c1|ingress|default/web");
    assertEquals(
        List.of(
            new PersonFact.Paused("ann", new PauseTarget(PauseKind.CLUSTER, "c1"), true),
            new PersonFact.Paused("ann", stack, true)),
        written(new Scope("444455556666", "global")).subList(0, 2));
    assertEquals(2, written(Facts.DNS).size(), "it was told when the pauses were said");
  }

  private void pausedAtHome(PauseKind kind, String name) {
    tables.put(
        Table.PAUSES,
        Facts.REGION + "|" + kind.text() + "|" + name,
        new PauseRow(kind, name, true, "ann", Instant.EPOCH));
  }

  @Test
  void aClusterDoesNotMove() throws Exception {
    var body = "{\"cluster\": \"c1\", \"home\": \"111122223333/us-east-1\"}";
    refused(409, "does not move", api.post("/v1/clusters", body));
    assertEquals(List.of(), written(Facts.DNS));
  }

  @Test
  void settingsThatCannotHoldAreRefusedWithTheReason() throws Exception {
    var body = "{'cluster': 'c1', 'home': '%s', 'controller': %s}".formatted(Facts.REGION, "%s");
    var type = body.formatted("{'defaultTargetType': 'pod'}").replace('\'', '"');
    refused(400, "must be instance or ip", api.post("/v1/clusters", type));
    var tags = body.formatted("{'defaultTags': {'ingress.k8s.aws/stack': 'x'}}");
    refused(400, "whose a resource is", api.post("/v1/clusters", tags.replace('\'', '"')));
    assertEquals(List.of(), written(Facts.REGION));
  }

  @Test
  void aModeGoesToEachScopeOfTheClusterAndIntoTheRegistry() throws Exception {
    var fact = new PersonFact.ClusterModeChanged("ann", "c1", ClusterMode.SHADOW);
    decides(Facts.REGION, fact, "/v1/clusters/mode", "{'cluster': 'c1', 'mode': 'shadow'}");
    assertEquals(List.of(fact), written(Facts.DNS));
    assertEquals(ClusterMode.SHADOW, registry.now().clusters().getFirst().mode());
    var odd = "{\"cluster\": \"c1\", \"mode\": \"rule\"}";
    refused(400, "a mode is one of", api.post("/v1/clusters/mode", odd));
  }

  @Test
  void settingsNameWhatTheyChange() throws Exception {
    var body = "{'scope': '%s', 'settings': {'dns': {'txtOwnerId': 'me'}, 'retryMillis': 9}}";
    var reply = api.post("/v1/settings", body.formatted(Facts.DNS).replace('\'', '"'));
    assertEquals(200, reply.status(), reply.message());
    var fact = (PersonFact.ScopeSettingsChanged) written(Facts.DNS).getFirst();
    assertEquals(List.of("dns.txtOwnerId", "retryMillis"), fact.changed());
    assertEquals("me", fact.settings().dns().txtOwnerId());
  }

  @Test
  void aRestrictionOfAGroupThatAllowsNobodyIsRefused() throws Exception {
    var body = "{'scope': '%s', 'settings': {'restrictedGroups': [{'group': 'edge'%s}]}}";
    var none = body.formatted(Facts.REGION, "").replace('\'', '"');
    refused(400, "must name at least one namespace", api.post("/v1/settings", none));
    assertEquals(List.of(), written(Facts.REGION));
    var one = body.formatted(Facts.REGION, ", 'namespaces': ['team-a']").replace('\'', '"');
    assertEquals(200, api.post("/v1/settings", one).status());
    var fact = (PersonFact.ScopeSettingsChanged) written(Facts.REGION).getFirst();
    assertEquals(List.of("restrictedGroups"), fact.changed());
    var entry = new RestrictedGroup("edge", List.of("team-a"), List.of());
    assertEquals(List.of(entry), fact.settings().restrictedGroups());
  }

  @Test
  void aClusterThatHasWhatNobodyElseManagesIsNotManaged() throws Exception {
    tables.put(Table.CLUSTERS, Facts.REGION + "|c1", row());
    var service = ClusterPlanTest.balanced(Facts.service());
    tables.put(
        Table.OBJECTS,
        Facts.REGION + "|c1|Service|default/web",
        new ObjectRow(service, "watch-1", "", 1));
    var manage = "{\"cluster\": \"c1\", \"mode\": \"manage\"}";
    refused(409, "Service default/web", api.post("/v1/clusters/mode", manage));
    assertEquals(List.of(), written(Facts.REGION));
  }

  @Test
  void aClusterIsNotReleasedWhileSomethingIsBeingReplaced() throws Exception {
    tables.put(Table.CLUSTERS, Facts.REGION + "|c1", row());
    for (var id : List.of("ManagedLBSecurityGroup", "ManagedLBSecurityGroup@1")) {
      tables.put(
          Table.OBSERVED,
          Facts.REGION + "|c1|ingress|default/web|SecurityGroup|" + id,
          new ObservedRow(
              new ObservedRow.Present(
                  new LiveSecurityGroup(
                      id, new SecurityGroupSpec(id, "", "vpc-1", List.of(), Map.of()))),
              1,
              Instant.EPOCH,
              1,
              List.of()));
    }
    var release = "{\"cluster\": \"c1\", \"mode\": \"released\"}";
    refused(409, "is being replaced", api.post("/v1/clusters/mode", release));
    assertEquals(List.of(), written(Facts.REGION));
  }

  @Test
  void aPlanIsOfAClusterThatIsRegistered() throws Exception {
    tables.put(Table.CLUSTERS, Facts.REGION + "|c1", row());
    var reply = api.get("/v1/plan?cluster=c1");
    assertEquals(200, reply.status(), reply.message());
    assertEquals(0, reply.body().path("changes").size());
    assertEquals(2, reply.body().path("unknown").size());
    refused(404, "no such cluster: c9", api.get("/v1/plan?cluster=c9"));
  }

  private static ClusterRow row() {
    return ClusterRow.of(Facts.registration());
  }
}
