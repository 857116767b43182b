package dev.penstock.watchers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.penstock.edges.kubernetes.ClusterCredentials;
import dev.penstock.edges.kubernetes.HttpKubernetesApi;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role with real threads against an API server over HTTP. */
final class KubernetesWatchRoleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");

  @TempDir private Path directory;
  private final RecordingLog log = new RecordingLog();
  private final List<ClusterRegistration> assigned = new CopyOnWriteArrayList<>();
  private final AtomicLong wanted = new AtomicLong();
  private LiveCluster live;
  private ApiServer server;
  private KubernetesWatchRole role;

  @BeforeEach
  void start() throws Exception {
    live = LiveCluster.open(directory, ClusterSpec.sandbox(), Clock.systemUTC(), new Random(1));
    server = ApiServer.start(live, 0);
    assigned.add(registration("blue"));
    role =
        new KubernetesWatchRole(
            new KubernetesWatchRole.Parts(
                new Assigned(),
                log,
                registration ->
                    HttpKubernetesApi.of(new ClusterCredentials(registration, _ -> null)),
                new RealTime(),
                () -> new Random(1),
                WatcherSettings.defaults()));
    role.start();
    until("the first snapshot", () -> completed() == 1);
  }

  @AfterEach
  void stop() throws IOException {
    role.close();
    server.close();
    live.close();
  }

  @Test
  void whatHappensInTheClusterIsInTheLog() throws Exception {
    assertTrue(role.ready());
    ingress("web");
    until("the ingress", () -> concluded("Ingress").equals(List.of("web")));
    turn(c -> c.api().delete(Kinds.INGRESS, "default", "web", DeleteOptions.now()));
    until("its end", () -> concluded("Ingress").isEmpty());
    assertEquals(3, concluded("Node").size());
    assertEquals(1, log.tenures().size());
  }

  @Test
  void watchesThatWereCutGoOnInTheSameTenure() throws Exception {
    turn(c -> c.faults().cutWatches());
    ingress("web");
    until("the ingress", () -> concluded("Ingress").equals(List.of("web")));
    assertEquals(1, log.tenures().size());
  }

  @Test
  void aGapIsASnapshotUnderAnotherTenure() throws Exception {
    ingress("web");
    until("the ingress", () -> concluded("Ingress").equals(List.of("web")));
    turn(c -> {
      c.api().delete(Kinds.INGRESS, "default", "web", DeleteOptions.now());
      c.expire();
    });
    until("the second snapshot", () -> completed() == 2);
    until("its end", () -> concluded("Ingress").isEmpty());
  }

  @Test
  void aServerThatWasKilledAndCameBackIsWatchedOn() throws Exception {
    var port = server.uri().getPort();
    server.close();
    ingress("web");
    server = ApiServer.start(live, port);
    until("the ingress", () -> concluded("Ingress").equals(List.of("web")));
    assertTrue(role.failed().isEmpty());
  }

  @Test
  void aClusterThatIsAssignedElsewhereIsWatchedNoMore() throws Exception {
    assigned.clear();
    until("the watcher's end", () -> role.states().isEmpty());
    var facts = log.events.size();
    ingress("web");
    assigned.add(registration("blue"));
    until("another tenure", () -> completed() == 2);
    assertEquals(2, log.tenures().size());
    assertTrue(log.events.size() > facts);
    assertEquals(List.of("web"), concluded("Ingress"));
  }

  @Test
  void aSnapshotThatTheReconcilerWantsIsAnotherTenure() throws Exception {
    ingress("web");
    until("the ingress", () -> concluded("Ingress").equals(List.of("web")));
    wanted.set(7);
    until("the second snapshot", () -> completed() == 2);
    assertEquals(2, log.tenures().size());
    assertEquals(List.of("web"), concluded("Ingress"));
  }

  private void ingress(String name) {
    var object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", name);
    var service = object.putObject("spec").putObject("defaultBackend").putObject("service");
    service.put("name", "web").putObject("port").put("number", 80);
    turn(c -> c.api().create(Kinds.INGRESS, "default", object, WriteOptions.of("test")));
  }

  private void turn(Consumer<SimulatedCluster> work) {
    live.turn(cluster -> {
      work.accept(cluster);
      return cluster.uid();
    });
  }

  private int completed() {
    return log.all(SnapshotCompleted.class).size();
  }

  private List<String> concluded(String kind) {
    var names = new ArrayList<String>();
    for (var object : log.concluded()) {
      if (object.startsWith(kind + "/")) {
        names.add(object.substring(object.lastIndexOf('/') + 1, object.indexOf('@')));
      }
    }
    return names;
  }

  private ClusterRegistration registration(String name) {
    return new ClusterRegistration(
        name,
        SCOPE,
        name,
        "vpc-1",
        Optional.empty(),
        Optional.empty(),
        Optional.of(server.uri().toString()),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        ControllerSettings.defaults());
  }

  private static void until(String what, Supplier<Boolean> condition) throws InterruptedException {
    var end = Clock.systemUTC().instant().plus(PATIENCE);
    while (!condition.get()) {
      if (Clock.systemUTC().instant().isAfter(end)) {
        throw new AssertionError("never happened: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** What the test says. */
  private final class Assigned implements ClusterAssignment {
    @Override
    public List<ClusterAssignment.Assigned> poll(Duration atMost) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return assigned.stream().map(r -> new ClusterAssignment.Assigned(r, wanted.get())).toList();
    }

    @Override
    public void close() {}
  }
}
