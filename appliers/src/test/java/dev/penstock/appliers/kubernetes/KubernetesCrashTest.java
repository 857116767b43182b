package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.CrashPoints.Point;
import dev.penstock.appliers.DiesAt;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.command.KubernetesWrite.RemoveFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.SetLoadBalancerStatus;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A process that dies at a crash point leaves nothing that the next one does not bring to its end.
 */
final class KubernetesCrashTest {
  private static final String OURS = "ingress.k8s.aws/resources";
  private static final List<List<KubernetesWrite>> SCRIPT =
      List.of(
          List.of(
              new AddFinalizer(OURS),
              new SetLoadBalancerStatus(
                  List.of(new LoadBalancerAddress(Optional.of("lb"), Optional.empty(), List.of()))),
              new RecordEvent("Normal", "Made", "it is made")),
          List.of(new RemoveFinalizer(OURS)));

  private final World world = new World();
  private int tenures;

  @TestFactory
  Stream<DynamicTest> theEndIsTheSameWhereverTheProcessDies() {
    var unkilled = new KubernetesCrashTest().play(CrashPoints.none());
    return Stream.of(Point.values())
        .map(point -> DynamicTest.dynamicTest(point.name(), () -> diesEverywhere(point, unkilled)));
  }

  private static void diesEverywhere(Point point, List<String> unkilled) {
    var nth = 0;
    var died = true;
    while (died) {
      nth++;
      var crash = new DiesAt(point, nth);
      assertEquals(unkilled, new KubernetesCrashTest().play(crash), point + " " + nth);
      died = crash.died();
    }
    assertTrue(nth > 1, point + " is never reached");
  }

  /** What the cluster holds after each command. */
  private List<String> play(CrashPoints points) {
    world.ingress("web");
    return SCRIPT.stream().map(writes -> play(writes, points)).toList();
  }

  private String play(List<KubernetesWrite> writes, CrashPoints points) {
    var command =
        world.command(ObjectKind.INGRESS, "web", "", writes.toArray(KubernetesWrite[]::new));
    try {
      run(command, points);
    } catch (DiesAt.Crash _) {
      run(command, points);
    }
    assertEquals(new Result.Applied(), world.result(command.id()));
    return state();
  }

  /** A process of its own, which finds the command open. */
  private void run(KubernetesCommand command, CrashPoints points) {
    tenures++;
    var applier = world.applier("tenure-" + tenures, points);
    applier.opened(command);
    applier.caughtUp();
    world.work(applier, Duration.ofSeconds(40));
  }

  private String state() {
    var ingress = world.get(ObjectKind.INGRESS, "web");
    var counts =
        world.cluster.api().all(Kinds.EVENT, "default").stream()
            .map(event -> event.path("reason").asText() + " " + event.path("count").asInt())
            .toList();
    return ingress.path("metadata").path("finalizers") + " " + ingress.path("status") + counts;
  }
}
