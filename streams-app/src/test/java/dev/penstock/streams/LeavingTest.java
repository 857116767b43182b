package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.json.RecordChange;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A member's finalizer goes with what was made for it, whatever is wrong with the others. */
final class LeavingTest {
  private static final String PREFIX = "alb.ingress.kubernetes.io/";
  private static final String ATTRIBUTES = PREFIX + "load-balancer-attributes";
  private static final Map<String, String> SHARED = Map.of(PREFIX + "group.name", "shared");
  private static final Map<String, String> BROKEN =
      Map.of(PREFIX + "group.name", "shared", PREFIX + "ip-address-type", "ipv5");
  private static final Map<String, String> PROTECTED =
      Map.of(ATTRIBUTES, "deletion_protection.enabled=true");

  private static final String GUARDS = Facts.REGION + "|c1|ingress|default/web|Protection|";

  private final World world = new World();

  private void serving(KubernetesObject... ingresses) {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    assertFalse(world.left().isEmpty());
    world.commands.clear();
    world.kubernetesCommands.clear();
  }

  private boolean lostItsFinalizer(String name) {
    return world.kubernetesCommands.stream()
        .filter(c -> c.object().name().equals(name))
        .flatMap(c -> c.writes().stream())
        .anyMatch(w -> w instanceof KubernetesWrite.RemoveFinalizer);
  }

  private boolean hasIntent(String name) {
    return world.tables.scan(Table.INTENTS, "").stream()
        .anyMatch(e -> e.row().current().member().name().equals(name));
  }

  private void isGone(String name) {
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER,
            "watch-1",
            new ObjectKey(Facts.CLUSTER, ObjectKind.INGRESS, "default", name),
            "uid-" + name,
            true));
  }

  /** The account's network was never read, as after the loss of the row. */
  private void forgetTheNetwork() {
    for (var entry : world.tables.scan(Table.INVENTORY, Facts.REGION + "|")) {
      if (entry.key().contains(Facts.VPC)) {
        world.tables.delete(Table.INVENTORY, entry.key());
      }
    }
  }

  @Test
  void theLastMemberThatStandsTakesEverythingAlongThoughAnotherWasNeverValid() {
    serving(
        Facts.ingress("a", "a.example.com", SHARED), Facts.ingress("b", "b.example.com", BROKEN));
    world.delete("a");
    world.settle(c -> !(c.operation() instanceof Operation.Delete));
    assertFalse(lostItsFinalizer("a"), "its rule is still there");
    world.live(900_000, 10_000);
    assertEquals(Map.of(), world.left());
    assertTrue(lostItsFinalizer("a"));
    isGone("a");
    world.live(10_000, 1_000);
    assertFalse(hasIntent("a"));
    assertEquals(List.of(), world.tables.scan(Table.CLAIMS, ""));
    assertTrue(hasIntent("b"));
  }

  @Test
  void deletionProtectionKeepsTheLoadBalancerTheNameAndTheFinalizerUntilItsOwnerTakesItBack() {
    serving(Facts.ingress("web", "web.example.com", PROTECTED));
    var before = world.left();
    world.delete("web");
    world.live(900_000, 10_000);
    assertEquals(before, world.left());
    assertFalse(lostItsFinalizer("web"));
    world.annotate("web", ATTRIBUTES, "deletion_protection.enabled=false");
    world.live(900_000, 10_000);
    assertEquals(List.of(), world.tables.scan(Table.HOLDS, ""), "nobody has to approve it");
    assertEquals(Map.of(), world.left());
    assertTrue(lostItsFinalizer("web"));
  }

  @Test
  void deletionProtectionHoldsAfterTheObjectWasTornAway() {
    serving(Facts.ingress("web", "web.example.com", PROTECTED));
    var before = world.left();
    world.delete("web");
    isGone("web");
    world.live(900_000, 10_000);
    assertEquals(before, world.left());
    assertTrue(hasIntent("web"));
  }

  @Test
  void aLoadBalancerWhoseNameIsNeverAnsweredForGoesAfterTheGraceAndTheSettlingTime()
      throws Exception {
    serving(Facts.ingress("web", "web.example.com", Map.of()));
    var settings =
        RecordChange.apply(
            ScopeSettings.defaults(),
            Map.of("dnsGraceMillis", 40_000L, "claimSettleMillis", 7_000L));
    world.append(Facts.REGION, new PersonFact.ScopeSettingsChanged("ann", settings));
    world.settle(_ -> true);
    world.delete("web");
    var unwanted = world.now();
    while (world.now().isBefore(unwanted.plusSeconds(46))) {
      namesStandStill(1_000);
      assertFalse(balancerGoes(), world.now() + " is before the bound from " + unwanted);
    }
    namesStandStill(1_500);
    assertTrue(balancerGoes(), world.now() + " is after the bound from " + unwanted);
  }

  /** Time passes while nobody decides or writes in the scope of the names. */
  private void namesStandStill(long millis) {
    world.pass(millis);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    world.settle(c -> c.key().resource().kind() != ResourceKind.RECORD_NAME);
  }

  private boolean balancerGoes() {
    return world.commands.stream()
        .filter(c -> c.key().resource().kind() == ResourceKind.LOAD_BALANCER)
        .anyMatch(c -> c.operation() instanceof Operation.Delete);
  }

  @Test
  void aMemberLeavesWithItsOwnThingsWhileNothingElseCanBePlanned() {
    serving(
        Facts.ingress("a", "a.example.com", SHARED), Facts.ingress("b", "b.example.com", SHARED));
    forgetTheNetwork();
    var before = world.left().size();
    world.delete("a");
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    world.settle(_ -> true);
    assertTrue(world.left().size() < before);
    assertFalse(world.left().isEmpty());
    world.live(60_000, 5_000);
    assertTrue(lostItsFinalizer("a"));
    assertFalse(lostItsFinalizer("b"));
  }

  @Test
  void aGuardOfWhichNothingIsKnownGoesWithItsLoadBalancer() {
    var acl = "arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/1";
    serving(
        Facts.withFinalizer(
            Facts.ingress("web", "web.example.com", Map.of(PREFIX + "wafv2-acl-arn", acl))));
    var guard = world.tables.scan(Table.OBSERVED, GUARDS).getFirst().key();
    var unknown = new ObservedRow(new Unknown("a read failed"), 0, world.now(), 0, List.of());
    world.tables.put(Table.OBSERVED, guard, unknown);
    world.delete("web");
    for (int minute = 0; minute < 30; minute++) {
      world.pass(60_000);
      world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
      world.append(Facts.DNS, new ScopeFact.Tick(world.now()));
      world.settle(c -> c.key().resource().kind() != ResourceKind.PROTECTION);
      List.copyOf(world.open.values()).forEach(this::fails);
    }
    assertTrue(world.left().keySet().stream().noneMatch(id -> id.contains("LoadBalancer")));
    assertTrue(lostItsFinalizer("web"));
  }

  private void fails(Command read) {
    world
        .answers()
        .settled(
            world,
            read,
            new Result.Deferred(Fault.UNREACHABLE, "AWS is away"),
            List.of(),
            Optional.of(0L));
  }
}
