package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.HoldRow;
import dev.penstock.schemas.table.HoldRule;
import dev.penstock.streams.query.Explain;
import dev.penstock.streams.query.PeopleWrites;
import dev.penstock.streams.query.ScopeOwners;
import dev.penstock.streams.query.ScopeOwners.Here;
import dev.penstock.streams.query.ScopeOwners.Moving;
import dev.penstock.streams.query.ScopeOwners.Owner;
import dev.penstock.streams.query.ScopeOwners.There;
import dev.penstock.streams.tables.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances, one with the Region and one with the names: whom one asks makes no difference. */
final class FleetTest {
  private final Serving serving = Serving.web();
  private final MemoryLog log = new MemoryLog(() -> Instant.EPOCH);
  private final Instance.Registry registry = new Instance.Registry(log);
  private final Map<String, Owner> regionSees = new TreeMap<>();
  private final Map<String, Owner> namesSee = new TreeMap<>();
  private Instance region;
  private Instance names;

  @BeforeEach
  void twoInstances() throws IOException {
    serving.world.tables.put(
        Table.HOLDS,
        Facts.DNS + "|h1",
        new HoldRow("h1", HoldRule.DELETE, "name", "held", List.of(), Instant.EPOCH, false, ""));
    registry.register(Facts.REGION);
    registry.register(Facts.DNS);
    registry.put(new ClusterEntry(Facts.registration(), ClusterMode.MANAGE));
    region = start(Facts.REGION, regionSees);
    names = start(Facts.DNS, namesSee);
    regionSees.put(Facts.REGION.toString(), new Here());
    regionSees.put(Facts.DNS.toString(), new There(names.address()));
    namesSee.put(Facts.REGION.toString(), new There(region.address()));
    namesSee.put(Facts.DNS.toString(), new Here());
  }

  private Instance start(Scope holds, Map<String, Owner> sees) throws IOException {
    var tables = Instance.part(serving.world.tables, holds);
    ScopeOwners owners =
        () -> {
          var now = new TreeMap<Scope, Owner>();
          sees.forEach((scope, owner) -> now.put(Scope.parse(scope), owner));
          return now;
        };
    return Instance.start(() -> tables, new PeopleWrites(log, registry), owners, Instance.TOKENS);
  }

  @AfterEach
  void close() {
    region.close();
    names.close();
  }

  private static List<String> texts(JsonNode list, String member) {
    var texts = new ArrayList<String>();
    list.forEach(element -> texts.add(element.path(member).asText()));
    return texts;
  }

  @Test
  void anExplanationIsTheSameWhicheverInstanceIsAsked() throws Exception {
    var whole = Explain.of(serving.world.tables, "web.example.com");
    for (var instance : List.of(region, names)) {
      var answer = instance.get("/v1/explain?subject=web.example.com");
      assertEquals(200, answer.status());
      assertTrue(answer.body().path("clear").asBoolean(), answer.body().toString());
      assertEquals(
          whole.links().stream().map(l -> l.desired()).toList(),
          texts(answer.body().path("links"), "desired"));
    }
  }

  @Test
  void listsHoldTheWholeFleet() throws Exception {
    for (var instance : List.of(region, names)) {
      assertEquals(List.of("h1"), texts(instance.get("/v1/holds").body().path("holds"), "id"));
      var scopes = texts(instance.get("/v1/scopes").body().path("scopes"), "scope");
      assertEquals(
          List.of(Facts.DNS.toString(), Facts.REGION.toString()),
          scopes.stream().sorted().toList());
      var clusters = instance.get("/v1/clusters").body().path("clusters");
      assertEquals(List.of("MANAGE"), texts(clusters, "mode").stream().distinct().toList());
    }
  }

  @Test
  void aHoldOfAnotherInstanceIsApprovedInItsOwnScope() throws Exception {
    var answer = region.post("/v1/approve", "{\"hold\": \"h1\"}");
    assertEquals(200, answer.status(), answer.message());
    assertEquals(
        new PersonFact.HoldApproved("ann", "h1"), log.read(Facts.DNS, 0).getFirst().event().body());
  }

  @Test
  void settingsThatThisInstanceDoesNotHoldKeepWhatWasNotNamed() throws Exception {
    var body = "{\"scope\": \"%s\", \"settings\": {\"healthPollMillis\": 7}}";
    assertEquals(200, names.post("/v1/settings", body.formatted(Facts.REGION)).status());
    var fact = log.read(Facts.REGION, 0).getFirst().event().body();
    serving.world.append(
        Facts.REGION, new PersonFact.ScopeSettingsChanged("bob", ScopeSettings.demo()));
    serving.world.append(Facts.REGION, fact);
    var settings =
        serving.world.tables.get(Table.SETTINGS, Facts.REGION + "|").orElseThrow().settings();
    assertEquals(7, settings.healthPollMillis());
    assertEquals(ScopeSettings.demo().sweepIntervalMillis(), settings.sweepIntervalMillis());
  }

  @Test
  void aClusterThatAnotherInstanceHoldsKeepsItsRegistrationAndMode() throws Exception {
    var body = "{\"cluster\": \"c1\", \"home\": \"%s\", \"kubeconfig\": \"/k\"}";
    assertEquals(200, names.post("/v1/clusters", body.formatted(Facts.REGION)).status());
    var entry = registry.now().clusters().getFirst();
    assertEquals(Facts.registration().withKubeconfig("/k"), entry.registration());
    assertEquals(ClusterMode.MANAGE, entry.mode());
  }

  @Test
  void anInstanceThatDoesNotAnswerIsNamedAndNoPartIsShown() throws Exception {
    names.close();
    var answer = region.get("/v1/holds");
    assertEquals(503, answer.status());
    assertTrue(answer.message().contains(names.address()), answer.message());
    assertTrue(answer.message().contains(Facts.DNS.toString()), answer.message());
  }

  @Test
  void whileAScopeMovesNoPartIsShown() throws Exception {
    regionSees.put(Facts.DNS.toString(), new Moving());
    var answer = region.get("/v1/clusters");
    assertEquals(503, answer.status());
    assertTrue(answer.message().contains(Facts.DNS.toString()), answer.message());
  }

  @Test
  void anInstanceWithOtherTokensIsNamed() throws Exception {
    regionSees.put(Facts.DNS.toString(), new There(stranger().address()));
    var answer = region.get("/v1/holds");
    assertEquals(503, answer.status());
    assertTrue(answer.message().contains("401"), answer.message());
  }

  private Instance stranger() throws IOException {
    names.close();
    names =
        Instance.start(
            () -> serving.world.tables,
            new PeopleWrites(log, registry),
            TreeMap::new,
            Map.of("bob", "another"));
    return names;
  }
}
