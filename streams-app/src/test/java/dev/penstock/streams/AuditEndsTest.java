package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.CommandKey;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.event.CloudFact;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.event.ScopeFact;
import dev.penstock.schemas.settings.ClusterMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was decided has one end in the audit, also if nobody ever tried it. */
final class AuditEndsTest {
  private static final String HEALTH = "alb.ingress.kubernetes.io/healthcheck-path";

  private final World world = new World();

  @BeforeEach
  void read() {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(c -> c.key().lane() == Lane.OBSERVE);
  }

  private List<AuditEntry> entries() {
    return world.effects.stream().flatMap(e -> e.audit().stream()).map(AuditRecord::entry).toList();
  }

  private TreeSet<String> decided() {
    var ids = new TreeSet<String>();
    for (var entry : entries()) {
      if (entry instanceof AuditEntry.Decided(var id, _, _, _, _)) {
        ids.add(id);
      } else if (entry instanceof AuditEntry.KubernetesDecided(var id, _, _, _)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private TreeMap<String, List<Result>> ends() {
    var ends = new TreeMap<String, List<Result>>();
    for (var entry : entries()) {
      if (entry instanceof AuditEntry.Settled(var id, _, var result, _)) {
        ends.computeIfAbsent(id, _ -> new ArrayList<>()).add(result);
      } else if (entry instanceof AuditEntry.KubernetesSettled(var id, _, var result)) {
        ends.computeIfAbsent(id, _ -> new ArrayList<>()).add(result);
      }
    }
    return ends;
  }

  private void onlyTheOpenOnesHaveNoEnd() {
    var unended = decided();
    unended.removeAll(ends().keySet());
    var open = new TreeSet<>(world.open.values().stream().map(Command::id).toList());
    world.openKubernetes.values().stream().map(KubernetesCommand::id).forEach(open::add);
    assertEquals(open, unended);
    ends().forEach((id, results) -> assertEquals(1, results.size(), id + " " + results));
  }

  private boolean anySuperseded() {
    return ends().values().stream().anyMatch(r -> r.contains(new Result.Superseded()));
  }

  @Test
  void aCommandThatANewerOneReplacesIsSuperseded() {
    world.annotate("web", HEALTH, "/one");
    world.annotate("web", HEALTH, "/two");
    assertTrue(anySuperseded());
    onlyTheOpenOnesHaveNoEnd();
    world.live(60_000, 1_000);
    onlyTheOpenOnesHaveNoEnd();
  }

  @Test
  void aCommandThatNobodyWantsAnyMoreIsSuperseded() {
    world.mode(ClusterMode.SHADOW);
    assertTrue(anySuperseded());
    onlyTheOpenOnesHaveNoEnd();
  }

  @Test
  void anApplierThatFindsItsCommandReplacedAddsNoSecondEnd() {
    var replaced =
        world.open.values().stream()
            .filter(c -> c.key().lane() == Lane.WRITE)
            .findFirst()
            .orElseThrow();
    world.mode(ClusterMode.SHADOW);
    superseded(replaced);
    onlyTheOpenOnesHaveNoEnd();
  }

  /** An applier says, without a call, that there is a newer command. */
  private void superseded(Command command) {
    world.append(
        Facts.REGION,
        new CloudFact.CommandSettled(
            command.id(),
            command.key(),
            Answers.TENURE,
            1,
            new Result.Superseded(),
            List.of(),
            Optional.empty(),
            List.of()));
  }

  private Command over() {
    var command =
        world.open.values().stream()
            .filter(c -> c.operation() instanceof Operation.Create(TargetGroupSpec _))
            .findFirst()
            .orElseThrow();
    world.answers().answer(world, command);
    return command;
  }

  private void attempted(Command command, String tenure) {
    world.append(Facts.REGION, new CloudFact.Attempted(command.id(), command.key(), tenure, 1));
  }

  private void tickAfter(long millis) {
    world.pass(millis);
    world.append(Facts.REGION, new ScopeFact.Tick(world.now()));
  }

  @Test
  void anAttemptAtACommandThatIsOverEndsUnansweredAndIsObserved() {
    var create = over();
    attempted(create, "zombie");
    tickAfter(29_000);
    assertEquals(List.of(new Result.Applied()), ends().get(create.id()));

    tickAfter(2_000);
    assertEquals(2, ends().get(create.id()).size());
    assertTrue(ends().get(create.id()).getLast() instanceof Result.Unanswered);
    tickAfter(10);
    var observe = new CommandKey(create.key().resource(), Lane.OBSERVE);
    assertTrue(world.open.containsKey(Facts.REGION + "|" + observe), world.open::toString);
  }

  @Test
  void anAttemptAtACommandThatIsOverEndsWithItsAnswerIfOneComes() {
    var create = over();
    attempted(create, Answers.TENURE);
    superseded(create);
    tickAfter(60_000);
    assertEquals(List.of(new Result.Applied(), new Result.Superseded()), ends().get(create.id()));
  }
}
