package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.audit.AuditEntry;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.event.Result;
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
    world.answers().settled(world, replaced, new Result.Superseded(), List.of(), Optional.empty());
    onlyTheOpenOnesHaveNoEnd();
  }
}
