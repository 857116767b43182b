package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.Network;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.command.Urgency;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is open, who answers it, and how much one record may start. */
final class OpenCommandsTest {
  private final World world = new World();

  private void ingresses(int count) {
    var objects = new ArrayList<KubernetesObject>(Facts.cluster());
    for (int i = 0; i < count; i++) {
      objects.add(Facts.ingress("web-" + i, "web-" + i + ".example.com", Map.of()));
    }
    world.begin(ClusterMode.MANAGE);
    world.list(Serving.WATCH, objects);
  }

  /** Answers everything that the predicate lets pass, also what follows from it. */
  private void answer(Predicate<Command> which) {
    for (int round = 0; round < 5_000; round++) {
      var command = world.open.values().stream().filter(which).findFirst();
      var object = world.openKubernetes.values().stream().findFirst();
      if (command.isEmpty() && object.isEmpty()) {
        return;
      }
      world.pass(1);
      command.ifPresent(c -> world.answers().answer(world, c));
      object.ifPresent(c -> world.answers().answer(world, c));
    }
    throw new AssertionError("never quiet");
  }

  private long openBelowDeregister() {
    return world.open.values().stream()
        .filter(c -> c.scope().equals(Facts.REGION))
        .filter(c -> c.urgency().compareTo(Urgency.DEREGISTER) > 0)
        .count();
  }

  private void tick() {
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
  }

  @Test
  void moreThanSixtyFourCommandsWaitAndAreWokenAsThereIsRoom() {
    ingresses(50);
    answer(c -> c.key().lane() == Lane.OBSERVE);
    assertEquals(64, openBelowDeregister());
    assertTrue(
        world.tables.scan(Table.VERDICTS, "").stream()
            .anyMatch(e -> e.row().verdict() == VerdictKind.WAITING));
    for (int second = 0; second < 60; second++) {
      answer(_ -> true);
      assertTrue(openBelowDeregister() <= 64);
      world.pass(1_000);
      tick();
    }
    assertEquals(50, created(LoadBalancerSpec.class));
    assertEquals(50, created(TargetGroupSpec.class));
  }

  @Test
  void stacksThatWaitAreDecidedAnewForMoreRoomThanOneCommand() {
    ingresses(50);
    answer(c -> c.key().lane() == Lane.OBSERVE);
    var waiting = waiting();
    assertTrue(waiting.size() > 8);
    var one = world.open.values().stream().filter(c -> c.key().lane() == Lane.WRITE).findFirst();
    world.answers().answer(world, one.orElseThrow());
    assertEquals(waiting, waiting().subList(0, waiting.size()));
  }

  /** The places of the stacks that wait. */
  private List<String> waiting() {
    var waiting = world.tables.scan(Table.REFERENCES, Facts.REGION + "|waiting ");
    return waiting.stream().map(e -> e.key()).toList();
  }

  private long created(Class<?> kind) {
    return world.answers().resources.values().stream()
        .filter(live -> kind.isInstance(live.spec()))
        .count();
  }

  @Test
  void oneRecordPlansThirtyTwoStacksAndATickBringsTheOthers() {
    ingresses(50);
    for (int second = 0; second < 60; second++) {
      answer(_ -> true);
      world.pass(1_000);
      tick();
    }
    world.pass(31 * 60_000);
    tick();
    answer(c -> c.key().lane() == Lane.OBSERVE && !isNetwork(c));
    var read = world.open.values().stream().filter(OpenCommandsTest::isNetwork).findFirst();
    var settled = networkSeen(read.orElseThrow());
    var tables = MemoryTables.copyOf(world.tables);
    var before = dirtyStacks(tables);
    var effects =
        Step.step(
            tables,
            new Event(Facts.REGION, Facts.REGION + "|test", settled),
            world.log.stream()
                    .filter(k -> k.event().scope().equals(Facts.REGION))
                    .mapToLong(World.Kept::position)
                    .max()
                    .orElseThrow()
                + 1,
            world.now());
    assertEquals(0, before);
    assertTrue(dirtyStacks(tables) >= 50 - 32, "" + dirtyStacks(tables));
    assertEquals(
        1, effects.events().stream().filter(e -> e.body() instanceof ScopeFact.Tick).count());
    world.append(Facts.REGION, settled);
    assertEquals(0, dirtyStacks(world.tables));
  }

  @Test
  void theSweepReadsFewAtATimeAndEachStackOnce() {
    ingresses(20);
    settle();
    var before = world.effects.size();
    world.pass(31 * 60_000);
    tick();
    assertEquals(8, sweeping());
    settle();
    var read =
        world.effects.subList(before, world.effects.size()).stream()
            .flatMap(e -> e.commands().stream())
            .flatMap(e -> e.command().stream())
            .filter(c -> c.operation() instanceof Operation.Observe(Reading.ReadStack _))
            .map(c -> c.key().resource().stack())
            .toList();
    assertEquals(20, read.size());
    assertEquals(20, Set.copyOf(read).size());
  }

  private void settle() {
    for (int second = 0; second < 60; second++) {
      answer(_ -> true);
      world.pass(1_000);
      tick();
    }
  }

  private long sweeping() {
    return world.open.values().stream()
        .filter(c -> c.key().lane() == Lane.OBSERVE)
        .filter(c -> c.urgency().compareTo(Urgency.TAGS) >= 0)
        .count();
  }

  private static boolean isNetwork(Command command) {
    return command.operation() instanceof Operation.Observe(Reading.ReadNetwork _);
  }

  private static long dirtyStacks(MemoryTables tables) {
    return tables.scan(Table.DIRTY, Facts.REGION + "|stack|at|").size();
  }

  /** The same network but for a security group more. */
  private CloudFact.CommandSettled networkSeen(Command read) {
    world.append(Facts.REGION, new CloudFact.ReadStarted(read.id(), read.key(), Answers.TENURE));
    var horizon = world.log.getLast().position();
    var is = Facts.network();
    var groups = new ArrayList<>(is.securityGroups());
    groups.add(new Network.Group("sg-new", "new", Map.of()));
    var network =
        new Network(
            is.vpcId(),
            is.cidrs(),
            is.ipv6Cidrs(),
            is.zones(),
            is.subnets(),
            is.routeTables(),
            List.copyOf(groups));
    return new CloudFact.CommandSettled(
        read.id(),
        read.key(),
        Answers.TENURE,
        1,
        new Result.Applied(),
        List.of(new Observation.NetworkSeen(network)),
        Optional.of(horizon),
        List.of());
  }

  private Command creatingTargetGroup() {
    ingresses(1);
    answer(c -> c.key().lane() == Lane.OBSERVE);
    return world.open.values().stream()
        .filter(c -> c.operation() instanceof Operation.Create(TargetGroupSpec _))
        .findFirst()
        .orElseThrow();
  }

  private ObservedRow.Presence presence(Command command) {
    return world
        .tables
        .get(Table.OBSERVED, Facts.REGION + "|" + command.key().resource())
        .orElseThrow()
        .presence();
  }

  private void attempted(Command command, String tenure) {
    world.append(Facts.REGION, new CloudFact.Attempted(command.id(), command.key(), tenure, 1));
  }

  @Test
  void anAttemptOfAnEarlierTenureWithoutAnswerMakesTheResourceUnknownAndIsObserved() {
    var create = creatingTargetGroup();
    attempted(create, Answers.TENURE);
    world.append(Facts.REGION, new CloudFact.ApplyStarted("applier-2"));
    assertTrue(presence(create) instanceof ObservedRow.Unknown);
    assertTrue(
        world.effects.getLast().audit().stream()
            .anyMatch(a ->
                a.entry() instanceof AuditEntry.Settled(var id, _, Result.Unanswered _, _)
                    && id.equals(create.id())));
    world.pass(29_000);
    tick();
    assertEquals(List.of(), observing(create));
    world.pass(2_000);
    tick();
    assertEquals(1, observing(create).size());
  }

  private List<Command> observing(Command command) {
    return world.open.values().stream()
        .filter(c -> c.key().resource().equals(command.key().resource()))
        .filter(c -> c.key().lane() == Lane.OBSERVE)
        .toList();
  }

  @Test
  void theOutcomeOfAZombieClosesNothingAndMakesTheResourceUnknown() {
    var create = creatingTargetGroup();
    attempted(create, Answers.TENURE);
    world.append(Facts.REGION, new CloudFact.ApplyStarted("applier-2"));
    attempted(create, "applier-2");
    world.append(
        Facts.REGION,
        new CloudFact.CommandSettled(
            create.id(),
            create.key(),
            Answers.TENURE,
            1,
            new Result.Applied(),
            List.of(),
            Optional.empty(),
            List.of()));
    assertTrue(presence(create) instanceof ObservedRow.Unknown);
    assertTrue(world.open.containsValue(create));
  }

  @Test
  void afterALateStartOfAZombieTheApplierThatAnnouncesItselfAgainIsHeard() {
    var serving = Serving.web();
    var world = serving.world;
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    var register = serving.open(Lane.REGISTER).getFirst();
    serving.attempted(register);
    world.append(Facts.REGION, new CloudFact.ApplyStarted("zombie"));
    world.answers().answer(world, register);
    world.pass(60_000);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    var observe = serving.open(Lane.OBSERVE).getFirst();
    world.answers().answer(world, observe);
    assertTrue(world.open.values().containsAll(List.of(register, observe)));
    world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    assertEquals(Map.of(), world.open);
    serving.look(60_000);
    assertEquals(Map.of(), world.open);
    serving.forget();
    serving.upsert(Facts.pod(4));
    serving.upsert(Facts.slice(1, 2, 3, 4));
    var next = serving.open(Lane.REGISTER).getFirst();
    assertEquals(List.of(Facts.address(4)), Serving.addresses(next));
    world.answers().answer(world, next);
    assertEquals(List.of(), serving.open(Lane.REGISTER));
  }

  @Test
  void anApplierThatAnnouncesItselfAgainWithoutNeedLosesNoCommand() {
    var create = creatingTargetGroup();
    attempted(create, Answers.TENURE);
    var before = Map.copyOf(world.open);
    world.append(Facts.REGION, new CloudFact.ApplyStarted(Answers.TENURE));
    assertEquals(before, world.open);
    world.answers().answer(world, create);
    assertTrue(presence(create) instanceof ObservedRow.Present);
  }

  @Test
  void aStaleRegisterIsDecidedAnewAtOnce() {
    var serving = Serving.web();
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    var stale = serving.open(Lane.REGISTER).getFirst();
    serving.world.pass(61_000);
    serving
        .world
        .answers()
        .settled(
            serving.world,
            stale,
            new Result.Deferred(Fault.STALE, "too old"),
            List.of(),
            Optional.empty());
    var anew = serving.open(Lane.REGISTER).getFirst();
    assertNotEquals(stale.id(), anew.id());
    assertEquals(stale.operation(), anew.operation());
  }

  @Test
  void aStaleDeregisterOfAPodThatWasMeanwhileNeededIsNotSentAgain() {
    var serving = Serving.web();
    serving.upsert(Facts.deleted(Facts.pod(1)));
    serving.upsert(Facts.slice(List.of(Facts.endpoint(1, false), Facts.endpoint(2, true))));
    var stale = serving.open(Lane.DEREGISTER).getFirst();
    serving.world.answers().unhealthy.add(Facts.address(2));
    serving.look(6 * 60_000);
    serving
        .world
        .answers()
        .settled(
            serving.world,
            stale,
            new Result.Deferred(Fault.STALE, "too old"),
            List.of(),
            Optional.empty());
    assertEquals(List.of(), serving.open(Lane.DEREGISTER));
  }

  @Test
  void theAnswerOfARegisterThatWasReplacedOnItsWaySaysHowItsTargetsStand() {
    var serving = Serving.web();
    serving.upsert(Facts.pod(3));
    serving.upsert(Facts.slice(1, 2, 3));
    var replaced = serving.open(Lane.REGISTER).getFirst();
    serving.world.pass(1_500);
    serving.upsert(Facts.pod(4));
    serving.upsert(Facts.slice(1, 2, 3, 4));
    assertNotEquals(replaced.id(), serving.open(Lane.REGISTER).getFirst().id());

    serving.world.answers().answer(serving.world, replaced);
    serving.upsert(Facts.deleted(Facts.pod(1)));
    serving.upsert(
        Facts.slice(
            List.of(
                Facts.endpoint(1, false),
                Facts.endpoint(2, true),
                Facts.endpoint(3, true),
                Facts.endpoint(4, true))));

    assertEquals(1, serving.open(Lane.DEREGISTER).size());
  }
}
