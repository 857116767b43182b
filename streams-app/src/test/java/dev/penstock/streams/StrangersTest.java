package dev.penstock.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.schemas.aws.Live.LiveLoadBalancer;
import dev.penstock.schemas.aws.Live.LiveTargetGroup;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.Lane;
import dev.penstock.schemas.command.Operation;
import dev.penstock.schemas.key.ResourceKind;
import dev.penstock.schemas.kubernetes.Ingress;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ObservedRow;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A load balancer or target group that was found, not made, and that carries another cluster's tag
 * by now is somebody else's, with all that stands below it (I1).
 */
final class StrangersTest {
  private static final String PORTS = "alb.ingress.kubernetes.io/listen-ports";
  private static final Map<String, String> OTHERS = Map.of("elbv2.k8s.aws/cluster", "other");

  private final World world = new World();

  @BeforeEach
  void serve() {
    begin(world);
  }

  private static void begin(World world) {
    world.begin(ClusterMode.MANAGE);
    world.list("watch-1", Facts.cluster(Facts.ingress("web", "web.example.com", Map.of())));
    world.settle(_ -> true);
  }

  private void taken(ResourceKind kind) {
    for (var entry : world.tables.scan(Table.OBSERVED, Facts.REGION + "|", 1_000)) {
      if (entry.key().contains("|" + kind.text() + "|")
          && entry.row().presence() instanceof Present(var live)) {
        var theirs =
            switch (live) {
              case LiveLoadBalancer it -> it.withSpec(it.spec().withTags(tagged(it.spec().tags())));
              case LiveTargetGroup it -> it.withSpec(it.spec().withTags(tagged(it.spec().tags())));
              default -> live;
            };
        world.answers().resources.put(live.id(), theirs);
        var row = entry.row();
        world.tables.put(
            Table.OBSERVED,
            entry.key(),
            new ObservedRow(
                new Present(theirs),
                row.position(),
                row.at(),
                row.seq(),
                List.of("id:" + live.id())));
      }
    }
  }

  private static Map<String, String> tagged(Map<String, String> tags) {
    var all = new TreeMap<>(tags);
    all.putAll(OTHERS);
    return all;
  }

  private List<String> open(Lane lane) {
    return world.open.values().stream()
        .filter(command -> command.key().lane() == lane)
        .filter(command -> !(command.operation() instanceof Operation.Observe))
        .map(Command::key)
        .map(key -> key.resource().kind() + " " + key.resource().id())
        .toList();
  }

  @Test
  void nothingIsMadeBelowALoadBalancerOfOthers() {
    taken(ResourceKind.LOAD_BALANCER);
    world.annotate("web", PORTS, "[{\"HTTP\":80},{\"HTTP\":8080}]");
    assertTrue(
        open(Lane.WRITE).stream().noneMatch(name -> name.startsWith("L")),
        () -> open(Lane.WRITE).toString());
  }

  @Test
  void rulesOfALoadBalancerOfOthersKeepTheirNumbers() {
    var web = Facts.ingress("web", "web.example.com", Map.of());
    var before = Facts.ingress("web", "a.example.com", Map.of()).rules().getFirst();
    var both =
        new Ingress(
            World.edited(web.metadata(), web.metadata().annotations()),
            web.className(),
            web.defaultBackend(),
            List.of(before, web.rules().getFirst()),
            web.tls(),
            web.status());
    var ours = new World();
    begin(ours);
    ours.upsert("watch-1", both);
    assertEquals(List.of("SetRulePriorities"), respacing(ours));
    taken(ResourceKind.LOAD_BALANCER);
    world.upsert("watch-1", both);
    assertEquals(List.of(), respacing(world));
  }

  private static List<String> respacing(World world) {
    return world.open.values().stream()
        .map(command -> command.operation().getClass().getSimpleName())
        .filter(name -> name.equals("SetRulePriorities"))
        .toList();
  }

  @Test
  void nothingIsRegisteredInATargetGroupOfOthers() {
    taken(ResourceKind.TARGET_GROUP);
    world.annotate("web", PORTS, "[{\"HTTP\":80},{\"HTTP\":8080}]");
    world.upsert("watch-1", Facts.pod(7));
    world.upsert("watch-1", Facts.slice(1, 2, 7));
    assertEquals(List.of(), open(Lane.REGISTER));
    assertEquals(List.of(), open(Lane.DEREGISTER));
  }

  private boolean lostItsFinalizer() {
    return world.kubernetesCommands.stream()
        .flatMap(c -> c.writes().stream())
        .anyMatch(w -> w instanceof KubernetesWrite.RemoveFinalizer);
  }

  private boolean stands(ResourceKind kind) {
    return world.left().keySet().stream().anyMatch(id -> id.contains(kind.text()));
  }

  @Test
  void anIngressWhoseLoadBalancerIsOthersByNowIsFreeToGo() {
    var web = Facts.ingress("web", "web.example.com", Map.of());
    world.upsert("watch-1", Facts.withFinalizer(web));
    world.live(20_000, 1_000);
    taken(ResourceKind.LOAD_BALANCER);
    world.delete("web");
    world.live(900_000, 30_000);
    assertTrue(stands(ResourceKind.LOAD_BALANCER) && stands(ResourceKind.LISTENER));
    assertTrue(lostItsFinalizer(), "nothing of it is left that may be deleted");
  }

  @Test
  void whatOfAnIngressMayBeDeletedKeepsItsFinalizer() {
    var web = Facts.ingress("web", "web.example.com", Map.of());
    world.upsert("watch-1", Facts.withFinalizer(web));
    world.live(20_000, 1_000);
    taken(ResourceKind.TARGET_GROUP);
    world.delete("web");
    world.settle(c -> !(c.operation() instanceof Operation.Delete));
    assertFalse(lostItsFinalizer(), "its load balancer is still there");
    world.live(900_000, 30_000);
    assertTrue(lostItsFinalizer());
  }
}
