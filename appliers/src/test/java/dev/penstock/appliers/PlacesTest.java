package dev.penstock.appliers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.penstock.schemas.aws.Target;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.command.Reading;
import dev.penstock.schemas.event.CloudFact.CommandSettled;
import dev.penstock.schemas.key.ResourceKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;

/** However many commands of one class wait, those of another begin. */
class PlacesTest {
  private static final String ARN = "arn:aws:elasticloadbalancing:us-west-2:1:targetgroup/web/1";

  /** Executions that began and wait for their first call until the test runs them. */
  private final Deque<Crew.Task> waiting = new ArrayDeque<>();

  private final Bench bench = new Bench((_, task) -> waiting.add(task));

  private Command register(int i) {
    var target = new Target("10.0.0.1", 80, Optional.empty());
    return bench.command(
        "r-" + i,
        Bench.key(ResourceKind.TARGET_GROUP, "default/web-" + i + ":80"),
        Lane.REGISTER,
        new Operation.RegisterTargets(ARN, List.of(target)));
  }

  private Command rule(int i) {
    var key = Bench.key(ResourceKind.LISTENER_RULE, "80:" + i);
    return bench.command("w-" + i, key, Lane.WRITE, new Operation.Create(Samples.rule()));
  }

  private Command health(int i) {
    var read = new Operation.Observe(new Reading.ReadTargetHealth(ARN, List.of()));
    var key = Bench.key(ResourceKind.TARGET_GROUP, "default/web-" + i + ":80");
    return bench.command("h-" + i, key, Lane.OBSERVE, read);
  }

  private void registers(int from, int to) {
    for (var i = from; i < to; i++) {
      bench.open(register(i));
    }
  }

  /** How many executions begin now. */
  private int begun() {
    var before = waiting.size();
    bench.applier.dispatch();
    return waiting.size() - before;
  }

  /** How many commands are answered. */
  private long settled() {
    return bench.events().stream().filter(CommandSettled.class::isInstance).count();
  }

  @Test
  void registersThatWaitKeepNoWriteAndNoReadFromBeginning() {
    registers(0, 100);
    assertEquals(100, begun());
    bench.open(rule(1));
    bench.open(health(1));
    assertEquals(2, begun());
  }

  @Test
  void registersTakeNoPlaceThatIsKeptForStructure() {
    registers(0, 300);
    assertEquals(192, begun());
    bench.open(rule(1));
    assertEquals(1, begun());
  }

  @Test
  void structureAndReadsTakeNoPlaceOfRegisters() {
    for (var i = 0; i < 40; i++) {
      bench.open(rule(i));
      bench.open(health(i));
    }
    assertEquals(64, begun());
    registers(0, 1);
    assertEquals(1, begun());
  }

  @Test
  void aPlaceIsFreeAgainWhenItsExecutionEnds() throws Exception {
    bench.cloud.on("RegisterTargets", RegisterTargetsResponse.builder().build());
    registers(0, 300);
    assertEquals(192, begun());
    waiting.removeFirst().run();
    assertEquals(300 - 191, settled());
    assertEquals(0, begun());
    registers(300, 500);
    assertEquals(1, begun());
  }

  @Test
  void anExecutionThatMayNotGoOnLeavesItsPlaceToo() throws Exception {
    registers(0, 192);
    assertEquals(192, begun());
    bench.timeline.pass(Duration.ofMinutes(2));
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
    assertEquals(192, settled());
    registers(192, 500);
    assertEquals(192, begun());
  }

  @Test
  void limitsThatLeaveOneClassNoPlaceAreRefused() {
    var wait = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new Limits(wait, wait, wait, wait, 64, 64));
    assertThrows(IllegalArgumentException.class, () -> new Limits(wait, wait, wait, wait, 64, 0));
  }
}
