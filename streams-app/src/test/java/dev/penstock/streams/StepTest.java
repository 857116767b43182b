package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.aws.LoadBalancerSpec;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.ClusterFact;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.streams.tables.MemoryTables;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Effects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From facts to commands, outcomes and statuses. */
final class StepTest {
  private static final ObjectKey WEB =
      new ObjectKey(Facts.CLUSTER, ObjectKind.INGRESS, "default", "web");

  private final World world = new World();

  private void serving() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(20_000, 500);
    world.commands.clear();
    world.kubernetesCommands.clear();
  }

  private List<Command> writes() {
    return world.commands.stream().filter(c -> c.key().lane() != Lane.OBSERVE).toList();
  }

  private boolean created(Class<?> spec) {
    return writes().stream()
        .anyMatch(c -> c.operation() instanceof Operation.Create(var d) && spec.isInstance(d));
  }

  @Test
  void anIngressBecomesALoadBalancerAndGetsItsAddress() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(5_000, 250);
    assertTrue(created(LoadBalancerSpec.class));
    assertTrue(
        world.kubernetesCommands.stream()
            .flatMap(c -> c.writes().stream())
            .anyMatch(w -> w instanceof KubernetesWrite.SetLoadBalancerStatus));
    assertTrue(created(RecordNameSpec.class));
    assertEquals(List.of(), List.copyOf(world.open.keySet()));
  }

  @Test
  void theFinalizerIsAnsweredBeforeTheFirstWriteForAMember() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    assertEquals(
        List.of(),
        writes().stream()
            .filter(c -> c.key().resource().stack().kind() == StackKind.INGRESS)
            .toList());
    assertEquals(
        List.of(new KubernetesWrite.AddFinalizer("ingress.k8s.aws/resources")),
        world.kubernetesCommands.getFirst().writes());
  }

  @Test
  void inShadowEverythingIsPlannedAndNothingButReadsIsCommanded() {
    world.begin(ClusterMode.SHADOW);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.live(10_000, 500);
    assertEquals(List.of(), writes());
    assertEquals(List.of(), world.kubernetesCommands);
    assertTrue(
        world.tables.scan(Table.VERDICTS, "").stream()
            .anyMatch(e -> e.row().sentence().contains("in shadow")));
  }

  @Test
  void anUnchangedClusterIsSilent() {
    serving();
    world.list("watch-2", current());
    world.live(60_000, 5_000);
    assertEquals(List.of(), writes());
    assertEquals(List.of(), world.kubernetesCommands);
  }

  /** The cluster's objects as the reconciler knows them, as a watcher would list them again. */
  private List<KubernetesObject> current() {
    return world.tables.scan(Table.OBJECTS, Facts.REGION + "|").stream()
        .map(e -> e.row().object())
        .toList();
  }

  @Test
  void aNewPodIsOneRegisterAndAGonePodOneDeregister() {
    serving();
    world.upsert("watch-1", Facts.pod(3));
    world.upsert("watch-1", Facts.slice(1, 2, 3));
    world.live(2_000, 500);
    assertEquals(List.of(Lane.REGISTER), lanes());
    world.commands.clear();
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(
            Facts.CLUSTER, "watch-1", Facts.pod(1).key(Facts.CLUSTER), "uid-web-1", true));
    world.upsert("watch-1", Facts.slice(2, 3));
    world.live(2_000, 500);
    assertEquals(List.of(Lane.DEREGISTER), lanes());
  }

  private List<Lane> lanes() {
    return writes().stream().map(c -> c.key().lane()).toList();
  }

  @Test
  void aDeletedIngressLeavesNothingAndLosesItsFinalizerLast() {
    serving();
    world.delete("web");
    world.live(900_000, 10_000);
    assertEquals(Map.of(), world.left());
    assertTrue(
        world.kubernetesCommands.stream()
            .flatMap(c -> c.writes().stream())
            .anyMatch(w -> w instanceof KubernetesWrite.RemoveFinalizer));
    world.append(
        Facts.REGION,
        new ClusterFact.ObjectRemoved(Facts.CLUSTER, "watch-1", WEB, "uid-web", true));
    world.live(10_000, 1_000);
    assertEquals(List.of(), world.tables.scan(Table.INTENTS, ""));
    assertEquals(List.of(), world.tables.scan(Table.CLAIMS, ""));
    assertEquals(List.of(), world.tables.scan(Table.DESIRED, Facts.REGION + "|c1|ingress|"));
  }

  @Test
  void aVanishedTargetGroupIsDriftAndIsMadeAgain() {
    serving();
    var group =
        world.answers().resources.keySet().stream()
            .filter(id -> id.contains("TargetGroup"))
            .findFirst()
            .orElseThrow();
    world.answers().resources.remove(group);
    world.live(31 * 60_000, 60_000);
    assertTrue(created(TargetGroupSpec.class));
    assertTrue(
        world.effects.stream()
            .flatMap(e -> e.audit().stream())
            .anyMatch(a -> a.entry() instanceof AuditEntry.Drifted));
  }

  @Test
  void anAnswerThatBelongsToNoOpenCommandMakesTheResourceUnknown() {
    serving();
    var balancer =
        world
            .tables
            .scan(Table.OBSERVED, Facts.REGION + "|c1|ingress|default/web|LoadBalancer|")
            .getFirst();
    var key = ResourceKey.parse(balancer.key().substring(Facts.REGION.toString().length() + 1));
    world.append(
        Facts.REGION,
        new CloudFact.CommandSettled(
            "of-a-zombie",
            new CommandKey(key, Lane.WRITE),
            "applier-0",
            1,
            new Result.Applied(),
            List.of(),
            Optional.empty(),
            List.of()));
    assertTrue(
        world.tables.get(Table.OBSERVED, balancer.key()).orElseThrow().presence()
            instanceof ObservedRow.Unknown);
    world.live(60_000, 1_000);
    assertTrue(
        world.tables.get(Table.OBSERVED, balancer.key()).orElseThrow().presence()
            instanceof ObservedRow.Present);
    assertEquals(List.of(), writes());
  }

  @Test
  void aDeferredCommandIsTriedAgainAfterAPauseAndARefusedOneTellsTheOwner() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(c -> !isBalancer(c));
    world.pass(1_000);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    world.settle(c -> !isBalancer(c));
    var create = balancer();
    refuse(create, new Result.Deferred(Fault.THROTTLED, "Rate exceeded"));
    assertFalse(world.open.values().stream().anyMatch(StepTest::isBalancer));
    world.pass(6_000);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
    var again = balancer();
    assertFalse(again.id().equals(create.id()));
    refuse(again, new Result.Rejected(Fault.DENIED, "AccessDenied", "not authorized"));
    assertTrue(
        world.kubernetesCommands.stream()
            .flatMap(c -> c.writes().stream())
            .anyMatch(w ->
                w instanceof KubernetesWrite.RecordEvent(var type, _, var message)
                    && type.equals("Warning")
                    && message.contains("not authorized")));
  }

  private void refuse(Command command, Result result) {
    world.append(
        Facts.REGION, new CloudFact.Attempted(command.id(), command.key(), Answers.TENURE, 1));
    world.answers().settled(world, command, result, List.of(), Optional.empty());
  }

  private static boolean isBalancer(Command command) {
    return command.operation() instanceof Operation.Create(LoadBalancerSpec _);
  }

  private Command balancer() {
    return world.open.values().stream().filter(StepTest::isBalancer).findFirst().orElseThrow();
  }

  @Test
  void manyVanishedIngressesAreHeldUntilAPersonApproves() {
    world.begin(ClusterMode.MANAGE);
    var ingresses =
        List.of("a", "b", "c", "d", "e").stream()
            .map(n -> (KubernetesObject) Facts.ingress(n, n + ".example.com", Map.of()))
            .toArray(KubernetesObject[]::new);
    world.list("watch-1", Facts.cluster(ingresses));
    world.live(20_000, 500);
    world.commands.clear();
    world.list("watch-2", current().stream().filter(o -> !(o instanceof Ingress)).toList());
    world.live(900_000, 30_000);
    assertEquals(
        List.of(),
        writes().stream()
            .filter(c -> c.operation() instanceof Operation.Delete)
            .map(c -> c.key().toString())
            .toList());
    var holds = world.tables.scan(Table.HOLDS, Facts.REGION + "|");
    assertFalse(holds.isEmpty());
    for (var hold : holds) {
      world.append(Facts.REGION, new PersonFact.HoldApproved("ann", hold.row().id()));
    }
    world.live(900_000, 30_000);
    assertEquals(Map.of(), world.left());
    assertEquals(List.of(), world.tables.scan(Table.HOLDS, Facts.REGION + "|"));
  }

  @Test
  void aClusterThatWasSwappedIsUnknownAsAWhole() {
    serving();
    world.append(
        Facts.REGION, new ClusterFact.WatchStarted(Facts.CLUSTER, "another-uid", "watch-2"));
    world.append(
        Facts.REGION,
        new ClusterFact.SnapshotCompleted(
            Facts.CLUSTER, "watch-2", Map.of("Ingress", 0), Map.of()));
    world.live(60_000, 5_000);
    assertEquals(List.of(), writes());
    assertFalse(world.tables.scan(Table.INTENTS, "").isEmpty());
  }

  @Test
  void aRecordThatWasReadBeforeHasNoEffect() {
    serving();
    var last = world.log.getLast();
    var before = MemoryTables.copyOf(world.tables);
    var effects = Step.step(world.tables, last.event(), last.position(), last.time());
    assertEquals(Effects.none(), effects);
    assertEquals(before, world.tables);
  }
}
