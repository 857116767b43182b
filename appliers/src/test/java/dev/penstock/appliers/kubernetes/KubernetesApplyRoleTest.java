package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.FailingLog;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.HttpKubernetesApi;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.RecordKeys;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.command.KubernetesWrite.SetLoadBalancerStatus;
import dev.penstock.schemas.event.ClusterFact.KubernetesApplyStarted;
import dev.penstock.schemas.event.ClusterFact.KubernetesSettled;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ControllerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role with real threads: commands from a feed, writes over HTTP, outcomes in the log. */
final class KubernetesApplyRoleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Scope SCOPE = new Scope("111122223333", "us-west-2");

  @TempDir private Path directory;
  private final MemoryLog log = new MemoryLog(Clock.systemUTC());
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicReference<String> address = new AtomicReference<>("");
  private final FailingLog edge = new FailingLog(log);
  private LiveCluster live;
  private ApiServer server;
  private KubernetesApplyRole role;

  @BeforeEach
  void start() throws IOException {
    log.register(SCOPE);
    live = LiveCluster.open(directory, ClusterSpec.sandbox(), Clock.systemUTC(), new Random(1));
    server = ApiServer.start(live, 0);
    address.set(Kubeconfig.of("blue", server.uri()));
    role = role();
    role.start();
    var ingress =
        World.json(
            """
            {"metadata":{"name":"web","labels":{"kept":"yes"}},
             "spec":{"defaultBackend":{"service":{"name":"web","port":{"number":80}}}}}\
            """);
    live.turn(c -> c.api().create(Kinds.INGRESS, "default", ingress, WriteOptions.of("kubectl")));
  }

  @AfterEach
  void stop() throws IOException {
    role.close();
    server.close();
    live.close();
  }

  @Test
  void commandsBecomeWritesAndOutcomes() throws Exception {
    var command =
        open(
            new AddFinalizer("ingress.k8s.aws/resources"),
            new SetLoadBalancerStatus(
                List.of(new LoadBalancerAddress(Optional.of("lb"), Optional.empty(), List.of()))),
            new RecordEvent("Normal", "SuccessfullyReconciled", "all is well"));
    until("the outcome", () -> result(command).isPresent());
    assertEquals(Optional.of(new Result.Applied()), result(command));
    var ingress = live.turn(c -> c.api().get(Kinds.INGRESS, "default", "web"));
    assertEquals("yes", ingress.path("metadata").path("labels").path("kept").asText());
    assertTrue(ingress.path("metadata").path("finalizers").toString().contains("resources"));
    assertTrue(ingress.path("status").toString().contains("lb"));
    assertEquals(1, live.turn(c -> c.api().all(Kinds.EVENT, "default")).size());
    log.kubernetesCommands().close(SCOPE, RecordKeys.of(command));
    assertTrue(role.ready());
  }

  @Test
  void aServerThatIsAwayForAWhileIsWaitedFor() throws Exception {
    var port = server.uri().getPort();
    server.close();
    var command = open(new AddFinalizer("ingress.k8s.aws/resources"));
    until("the command to wait", () -> role.waiting().getOrDefault("blue", 0) == 1);
    server = ApiServer.start(live, port);
    until("the outcome", () -> result(command).isPresent());
    assertEquals(Optional.of(new Result.Applied()), result(command));
  }

  @Test
  void anotherInstanceTakesOverWithATenureOfItsOwn() throws Exception {
    var first = open(new AddFinalizer("ingress.k8s.aws/resources"));
    until("the outcome", () -> result(first).isPresent());
    role.close();
    log.kubernetesCommands().close(SCOPE, RecordKeys.of(first));
    var second = open(new AddFinalizer("group.ingress.k8s.aws/shared"));
    role = role();
    role.start();
    until("the outcome", () -> result(second).isPresent());
    var tenures =
        bodies().stream().filter(KubernetesApplyStarted.class::isInstance).distinct().count();
    assertEquals(2, tenures);
  }

  @Test
  void aClusterWhoseRegistrationNamesAnotherServerIsReachedThere() throws Exception {
    var first = open(new AddFinalizer("ingress.k8s.aws/resources"));
    until("the outcome", () -> result(first).isPresent());
    server.close();
    server = ApiServer.start(live, 0);
    address.set(Kubeconfig.of("blue", server.uri()));
    var second = open(new AddFinalizer("group.ingress.k8s.aws/shared"));
    until("the outcome", () -> result(second).isPresent());
    assertEquals(Optional.of(new Result.Applied()), result(second));
    var tenures =
        bodies().stream().filter(KubernetesApplyStarted.class::isInstance).distinct().count();
    assertEquals(1, tenures, "the applier goes on, only its way changed");
  }

  @Test
  void keysThatNameNoObjectEndNothing() throws Exception {
    var first = open(new AddFinalizer("ingress.k8s.aws/resources"));
    until("the outcome", () -> result(first).isPresent());
    for (var key : List.of(SCOPE + "|junk", SCOPE + "|blue|NoKind|default/web", "" + SCOPE)) {
      log.kubernetesCommands().close(SCOPE, key);
    }
    var second = open(new AddFinalizer("group.ingress.k8s.aws/shared"));
    until("the outcome", () -> result(second).isPresent());
    assertEquals(Optional.empty(), role.failed());
    assertTrue(role.ready());
  }

  @Test
  void aLogThatRefusesOutcomesEndsTheRole() throws Exception {
    edge.fail(LogFailed.Fault.DENIED, FailingLog.ALWAYS);
    open(new AddFinalizer("ingress.k8s.aws/resources"));
    until("the end", () -> role.failed().isPresent());
    var failed = assertInstanceOf(LogFailed.class, role.failed().orElseThrow());
    assertEquals(LogFailed.Fault.DENIED, failed.fault());
    assertFalse(role.ready());
  }

  private KubernetesApplyRole role() {
    return new KubernetesApplyRole(
        new KubernetesApplyRole.Parts(
            log.kubernetesCommands().join(),
            edge,
            cluster -> cluster.equals("blue") ? Optional.of(registration()) : Optional.empty(),
            registration -> HttpKubernetesApi.ofKubeconfig(registration.kubeconfig().orElseThrow()),
            new RealTime(),
            () -> "tenure-" + ids.incrementAndGet(),
            CrashPoints.none(),
            ApplierSettings.defaults()));
  }

  /** What is registered of the cluster now. */
  private ClusterRegistration registration() {
    return new ClusterRegistration(
        "blue",
        SCOPE,
        "blue",
        "vpc-1",
        Optional.empty(),
        Optional.of(address.get()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        ControllerSettings.defaults());
  }

  private KubernetesCommand open(KubernetesWrite... writes) {
    var seq = ids.incrementAndGet();
    var command =
        new KubernetesCommand(
            "command-" + seq,
            SCOPE,
            new ObjectKey("blue", ObjectKind.INGRESS, "default", "web"),
            "",
            seq,
            Clock.systemUTC().instant(),
            new Cause(seq, "test", "a test wants it", false),
            List.of(writes));
    log.kubernetesCommands().open(SCOPE, RecordKeys.of(command), command);
    return command;
  }

  private Optional<Result> result(KubernetesCommand command) {
    return bodies().stream()
        .filter(KubernetesSettled.class::isInstance)
        .map(KubernetesSettled.class::cast)
        .filter(settled -> settled.commandId().equals(command.id()))
        .map(KubernetesSettled::result)
        .findFirst();
  }

  private List<?> bodies() {
    return log.read(SCOPE, 0).stream().map(kept -> kept.event().body()).toList();
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

  /** The real clock. */
  private static final class RealTime implements Timeline {
    @Override
    public Instant now() {
      return Clock.systemUTC().instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
  }
}
