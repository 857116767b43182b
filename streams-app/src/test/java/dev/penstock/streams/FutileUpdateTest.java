package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Observation;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.VerdictKind;
import dev.penstock.schemas.table.VerdictRow;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An update that AWS carries out without any effect is not asked for without end (I5). */
final class FutileUpdateTest {
  private static final String HEALTH = "alb.ingress.kubernetes.io/healthcheck-path";

  private final World world = new World();

  @BeforeEach
  void serve() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(_ -> true);
    world.annotate("web", HEALTH, "/two");
  }

  private Optional<Command> update() {
    return world.open.values().stream()
        .filter(c -> c.operation() instanceof Operation.Update)
        .findFirst();
  }

  private void answerAsBefore(Command command, Live before) {
    var key = command.key();
    world.append(command.scope(), new CloudFact.Attempted(command.id(), key, Answers.TENURE, 1));
    world
        .answers()
        .settled(
            world,
            command,
            new Result.Applied(),
            List.of(
                new Observation.ResourcePresent(key.resource(), before, List.of(Aspect.values()))),
            Optional.empty());
  }

  private VerdictRow verdict(Command command) {
    return world
        .tables
        .get(Table.VERDICTS, Facts.REGION + "|" + command.key().resource())
        .orElseThrow();
  }

  private void tickAfter(long millis) {
    world.pass(millis);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
  }

  @Test
  void itIsAskedForAgainAfterAPauseThatGrows() {
    var command = update().orElseThrow();
    var before = ((Operation.Update) command.operation()).observed();
    answerAsBefore(command, before);
    assertTrue(update().isEmpty());
    assertEquals(VerdictKind.DEFERRED, verdict(command).verdict());

    var pauses = 0;
    while (update().isEmpty()) {
      tickAfter(100);
      pauses++;
    }
    answerAsBefore(update().orElseThrow(), before);
    var longer = 0;
    while (update().isEmpty()) {
      tickAfter(100);
      longer++;
    }
    assertTrue(longer > pauses, longer + " after " + pauses);

    world.settle(_ -> true);
    assertEquals(VerdictKind.IN_SYNC, verdict(command).verdict());
  }
}
