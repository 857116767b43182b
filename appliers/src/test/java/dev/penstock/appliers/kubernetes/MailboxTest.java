package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told to an applier that does not listen stays small, and nothing that counts is lost. */
final class MailboxTest {
  private final World world = new World();
  private final Mailbox box = new Mailbox();

  private KubernetesCommand command(String name) {
    return world.command(ObjectKind.INGRESS, name, "", new AddFinalizer("ours/" + name));
  }

  private void hear() {
    box.caughtUp();
    box.hand(world.applier);
    world.work(Duration.ofSeconds(40));
  }

  @Test
  void aClusterThatHangsHoldsOneWordForEachObject() {
    world.ingress("web-0");
    for (var n = 0; n < 10_000; n++) {
      box.opened(command("web-" + n % 10));
    }
    assertEquals(10, box.size());
    hear();
    assertEquals(0, box.size());
    assertEquals("command-9991", world.facts().get(1).split(" ")[1], world.facts()::toString);
    assertEquals(0, world.applier.waiting());
  }

  @Test
  void whatComesAndGoesUnheardLeavesNothing() {
    for (var n = 0; n < 10_000; n++) {
      var command = command("web-" + n);
      box.opened(command);
      box.closed(command.object());
    }
    assertEquals(0, box.size());
    hear();
    assertEquals(List.of(), world.facts());
  }

  @Test
  void whatWasHeardIsClosedBeforeTheNextIsOpened() {
    world.ingress("web");
    var first = command("web");
    box.opened(first);
    hear();
    box.closed(first.object());
    var second = command("web");
    box.opened(second);
    assertEquals(1, box.size());
    hear();
    assertEquals(
        List.of("command-1", "command-1", "command-2"),
        world.facts().stream().skip(1).map(fact -> fact.split(" ")[1]).toList());
  }
}
