package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.ClaimFact.Standing;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.PersonFact.ClusterModeChanged;
import dev.penstock.schemas.event.PersonFact.ClusterRegistered;
import dev.penstock.schemas.event.PersonFact.ScopeSettingsChanged;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.event.ScopeFact.Tick;
import dev.penstock.schemas.json.ChangeRefused;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Host names, between the scope of a cluster and the scopes that own its names. */
final class DnsScopesTest {
  private static final Scope SECOND = Scope.global("444455556666");

  private final Serving serving = Serving.web();
  private final World world = serving.world;

  private void live(long millis, long step) {
    for (long at = 0; at < millis; at += step) {
      world.pass(step);
      List.of(Facts.REGION, Facts.DNS, SECOND).forEach(s -> world.append(s, new Tick(world.now())));
      world.settle(_ -> true);
    }
  }

  private void register(List<Scope> scopes) {
    var registration = Facts.registration().withDnsScopes(scopes);
    for (var scope : List.of(Facts.REGION, Facts.DNS, SECOND)) {
      world.append(scope, new ClusterRegistered("ann", registration));
      world.append(scope, new ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.MANAGE));
    }
  }

  private List<Command> writes(Scope scope) {
    return serving.commanded(Lane.WRITE).stream().filter(c -> c.scope().equals(scope)).toList();
  }

  private List<Standing> standings() {
    return world.tables.scan(Table.CLAIMS, Facts.REGION + "|out|").stream()
        .map(e -> e.row().standing())
        .toList();
  }

  @Test
  void aScopeThatIsAddedLaterGetsTheClaimsAndOneThatIsTakenAwayLosesThem() {
    world.append(SECOND, new CloudFact.ApplyStarted(Answers.TENURE));
    register(List.of(Facts.DNS, SECOND));
    live(20_000, 500);
    assertEquals(List.of(), writes(Facts.DNS));
    assertEquals(1, writes(SECOND).size());
    assertTrue(writes(SECOND).getFirst().operation() instanceof Operation.Create);
    assertEquals(List.of(Standing.LIVE, Standing.LIVE), standings());
    serving.forget();
    register(List.of(SECOND));
    live(20_000, 500);
    assertEquals(List.of(), writes(SECOND));
    assertTrue(writes(Facts.DNS).getFirst().operation() instanceof Operation.Delete);
    assertEquals(List.of(Standing.LIVE), standings());
  }

  @Test
  void theLoadBalancerWaitsForEveryScopeThatMayLeadToIt() {
    world.append(SECOND, new CloudFact.ApplyStarted(Answers.TENURE));
    register(List.of(Facts.DNS, SECOND));
    live(20_000, 500);
    serving.forget();
    world.delete("web");
    for (int round = 0; round < 40; round++) {
      world.pass(500);
      List.of(Facts.REGION, Facts.DNS).forEach(s -> world.append(s, new Tick(world.now())));
      world.settle(c -> !c.scope().equals(SECOND));
    }
    assertTrue(writes(Facts.DNS).getFirst().operation() instanceof Operation.Delete);
    assertTrue(balancerStands(), "the second scope has not withdrawn the name yet");
    live(60_000, 1_000);
    assertTrue(!balancerStands());
  }

  private boolean balancerStands() {
    return world.answers().resources.keySet().stream().anyMatch(id -> id.contains("LoadBalancer"));
  }

  @Test
  void inShadowNoRecordIsRepaired() {
    world.mode(ClusterMode.SHADOW);
    world.live(31 * 60_000, 60_000);
    assertEquals(List.of(), serving.commanded(Lane.WRITE));
    world.mode(ClusterMode.MANAGE);
    world.live(10_000, 1_000);
    assertTrue(writes(Facts.DNS).getFirst().operation() instanceof Operation.Create);
  }

  @Test
  void inShadowNoRecordIsDeleted() {
    world.mode(ClusterMode.SHADOW);
    serving.upsert(Facts.withFinalizer(Facts.ingress("web", "other.example.com", Map.of())));
    world.delete("web");
    world.live(60_000, 1_000);
    assertEquals(List.of(), serving.commanded(Lane.WRITE));
    world.mode(ClusterMode.MANAGE);
    world.live(60_000, 1_000);
    assertEquals(1, writes(Facts.DNS).stream().filter(DnsScopesTest::isDelete).count());
  }

  @Test
  void aNameThatWasGivenUpJustBeforeShadowStays() {
    world.append(Facts.DNS, new ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.SHADOW));
    world.delete("web");
    world.live(60_000, 5_000);
    assertEquals(List.of(), writes(Facts.DNS));
    world.append(Facts.DNS, new ClusterModeChanged("ann", Facts.CLUSTER, ClusterMode.MANAGE));
    world.live(60_000, 5_000);
    assertEquals(1, writes(Facts.DNS).stream().filter(DnsScopesTest::isDelete).count());
  }

  private static boolean isDelete(Command command) {
    return command.operation() instanceof Operation.Delete;
  }

  @Test
  void withUpsertOnlyNoRecordGoesAndTheLoadBalancerDoesNotWaitForIt() throws ChangeRefused {
    var settings =
        RecordChange.apply(
            ScopeSettings.defaults(), Map.of("dns", Map.of("policy", "upsert-only")));
    world.append(Facts.DNS, new ScopeSettingsChanged("ann", settings));
    world.delete("web");
    world.live(120_000, 5_000);
    assertEquals(List.of(), writes(Facts.DNS));
    assertTrue(!balancerStands());
    world.append(Facts.DNS, new ScopeSettingsChanged("ann", ScopeSettings.defaults()));
    world.live(20_000, 1_000);
    assertEquals(1, writes(Facts.DNS).stream().filter(DnsScopesTest::isDelete).count());
  }

  @Test
  void aNameThatWasGivenUpIsLookedAtWhenTheAnswerToItsWriteIsLost() {
    serving.upsert(Facts.ingress("more", "more.example.com", Map.of()));
    for (int second = 0; second < 60; second++) {
      world.pass(1_000);
      List.of(Facts.REGION, Facts.DNS).forEach(s -> world.append(s, new Tick(world.now())));
      world.settle(c -> !c.scope().equals(Facts.DNS));
    }
    var write = writes(Facts.DNS).getLast();
    var name = Facts.DNS + "|" + write.key().resource();
    assertTrue(name.contains("more") && write.operation() instanceof Operation.Create, name);
    serving.attempted(write);
    world.tables.delete(Table.DESIRED, name);
    world
        .tables
        .scan(Table.CLAIMS, Facts.DNS + "|in|more.example.com|")
        .forEach(e -> world.tables.delete(Table.CLAIMS, e.key()));

    world.append(Facts.DNS, new ScopeFact.RecordRefused(name, "cut in the middle"));

    var noted = world.tables.get(Table.DESIRED, name);
    assertTrue(noted.filter(row -> !row.wanted()).isPresent(), noted.toString());
  }
}
