package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Fault;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A load balancer that AWS does not yet take as the target of the one in front. */
final class FrontendRetriesTest {
  private static final long LBC_PAUSE_MILLIS = 15_000;

  private final Serving serving = Serving.web();

  private List<Command> registering() {
    return serving.world.open.values().stream()
        .filter(c ->
            c.operation() instanceof Operation.Create(TargetGroupSpec spec)
                && spec.behind().isPresent())
        .toList();
  }

  private void annotate(String key, String value) {
    serving.world.annotate("web", "alb.ingress.kubernetes.io/" + key, value);
  }

  @Test
  void itIsTriedAgainSoon() {
    annotate("frontend-nlb-scheme", "internet-facing");
    annotate("enable-frontend-nlb", "true");
    serving.world.settle(c -> !registering().contains(c));
    var refused = registering().getFirst();
    serving.came(
        refused, new Result.Rejected(Fault.INVALID, "InvalidTarget", "it has no listener yet"));
    assertTrue(registering().isEmpty());
    serving.look(LBC_PAUSE_MILLIS);
    assertEquals(List.of(refused.key()), registering().stream().map(Command::key).toList());
  }
}
