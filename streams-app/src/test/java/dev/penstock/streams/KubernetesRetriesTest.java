package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Metadata;
import dev.penstock.schemas.kubernetes.TargetGroupBinding;
import dev.penstock.streams.tables.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Writes to Kubernetes that did not succeed are made again, and nothing waits for luck. */
final class KubernetesRetriesTest {
  private static final Result AWAY = new Result.Deferred(Fault.UNREACHABLE, "connection refused");

  private final Serving serving = Serving.web();
  private final World world = serving.world;

  private static Predicate<KubernetesCommand> writing(Class<?> kind) {
    return command -> command.writes().stream().anyMatch(kind::isInstance);
  }

  private long count(Class<?> kind) {
    return world.kubernetesCommands.stream().filter(writing(kind)).count();
  }

  private String mirror() {
    return world.tables.scan(Table.OBJECTS, Facts.REGION + "|c1|TargetGroupBinding|").stream()
        .map(e -> e.row().object().metadata().name())
        .findFirst()
        .orElse("");
  }

  @Test
  void aReadinessGateThatCouldNotBeWrittenIsWrittenAfterThePause() {
    world.answers().refuseNext(writing(KubernetesWrite.SetCondition.class), AWAY);
    world.answers().refuseNext(writing(KubernetesWrite.SetCondition.class), AWAY);
    serving.upsert(Facts.gated(3, mirror()));
    serving.upsert(Facts.slice(1, 2, 3));
    world.live(60_000, 1_000);
    var last =
        world.kubernetesCommands.stream()
            .filter(writing(KubernetesWrite.SetCondition.class))
            .toList()
            .getLast();
    assertTrue(
        last.writes().stream()
            .anyMatch(w ->
                w instanceof KubernetesWrite.SetCondition(var c) && c.status().equals("True")));
    assertEquals(List.of(), List.copyOf(world.openKubernetes.keySet()));
  }

  @Test
  void aReadinessGateIsWrittenOnceForEachState() {
    serving.upsert(Facts.gated(3, mirror()));
    serving.upsert(Facts.slice(1, 2, 3));
    world.live(60_000, 1_000);
    serving.forget();
    world.live(20 * 60_000, 30_000);
    assertEquals(0, count(KubernetesWrite.SetCondition.class));
  }

  @Test
  void aMirrorThatCouldNotBeDeletedIsDeletedAfterItsTargetGroup() {
    for (int i = 0; i < 20; i++) {
      world.answers().refuseNext(writing(KubernetesWrite.DeleteTargetGroupBinding.class), AWAY);
    }
    world.delete("web");
    world.live(15 * 60_000, 5_000);
    assertEquals("", mirror());
    serving.removed(world.object(ObjectKind.INGRESS, "web"), true);
    world.live(60_000, 5_000);
    assertEquals(21, count(KubernetesWrite.DeleteTargetGroupBinding.class));
    assertEquals(List.of(), world.tables.scan(Table.BINDINGS, ""));
    assertEquals(List.of(), world.tables.scan(Table.TARGETS, ""));
    assertEquals(List.of(), world.tables.scan(Table.STACKS, Facts.REGION + "|c1|ingress|"));
  }

  private TargetGroupBinding standing() {
    return (TargetGroupBinding) world.object(ObjectKind.TARGET_GROUP_BINDING, mirror());
  }

  private static TargetGroupBinding with(
      TargetGroupBinding shown, Map<String, String> labels, Optional<Instant> deleted) {
    var m = shown.metadata();
    var metadata =
        new Metadata(
            m.namespace(),
            m.name(),
            m.uid(),
            m.resourceVersion(),
            m.generation(),
            labels,
            m.annotations(),
            List.of("elbv2.k8s.aws/resources"),
            m.created(),
            deleted);
    return new TargetGroupBinding(
        metadata, shown.spec(), shown.observedGeneration(), shown.conditions());
  }

  /** The applier takes the one away and makes another, of which the watch says nothing for long. */
  @Test
  void aMirrorOnItsWayOutIsMadeAgainOnceHoweverLateTheWatchIs() {
    var shown = standing();
    serving.upsert(with(shown, shown.metadata().labels(), Optional.of(world.now())));
    world.live(60_000, 1_000);
    assertEquals(1, count(KubernetesWrite.ApplyTargetGroupBinding.class));
  }

  @Test
  void aMirrorWithoutItsLabelsIsWrittenOnceHoweverLateTheWatchIs() {
    var labels = new TreeMap<>(standing().metadata().labels());
    labels.remove(labels.lastKey());
    serving.upsert(with(standing(), labels, Optional.empty()));
    world.live(60_000, 1_000);
    assertEquals(1, count(KubernetesWrite.ApplyTargetGroupBinding.class));
  }

  @Test
  void aMirrorThatSomebodyDeletesIsMadeAgainAndItsTargetsStay() {
    var shown = world.object(ObjectKind.TARGET_GROUP_BINDING, mirror());
    serving.removed(shown, true);
    world.live(60_000, 1_000);
    assertEquals(1, count(KubernetesWrite.ApplyTargetGroupBinding.class));
    assertEquals(
        List.of(),
        world.commands.stream().filter(c -> c.key().lane().name().contains("REG")).toList());
    assertEquals(shown.metadata().name(), mirror());
  }

  @Test
  void aMirrorThatCouldNotBeMadeAgainIsMadeAfterThePause() {
    world.answers().refuseNext(writing(KubernetesWrite.ApplyTargetGroupBinding.class), AWAY);
    var name = mirror();
    serving.removed(world.object(ObjectKind.TARGET_GROUP_BINDING, name), true);
    world.live(60_000, 1_000);
    assertEquals(name, mirror());
  }
}
