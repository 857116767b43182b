package dev.penstock.sandbox.local;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Crew;
import dev.penstock.appliers.Limits;
import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.KubernetesApplyRole;
import dev.penstock.edges.aws.Clouds;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.kubernetes.ClusterCredentials;
import dev.penstock.edges.kubernetes.HttpKubernetesApi;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.KafkaCommandFeed;
import dev.penstock.edges.log.KafkaCommandFeed.Membership;
import dev.penstock.edges.log.KafkaLog;
import dev.penstock.edges.log.KafkaShares;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Precondition;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.schemas.command.Command;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.StreamRole;
import dev.penstock.streams.topology.Reconciler;
import dev.penstock.watchers.aws.Readers;
import dev.penstock.watchers.kubernetes.ClusterAssignment;
import dev.penstock.watchers.kubernetes.KubernetesWatchRole;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Every stage of the pipeline between the sandbox's edges, each with its own connection as in
 * separate processes.
 */
final class Stages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
  private static final String INSTANCE = "sandbox-0";

  private final Connection connection;
  private final RealTime time;
  private final RandomGenerator random;
  private final SchemaRegistry schemas;
  private final RegistryTopic registrations;
  private final KafkaLog log;
  private final Reconciler reconciler;
  private final KubernetesWatchRole watchers;
  private final KubernetesApplyRole objects;
  private final ApplyRole applier;
  private final Clouds clouds;
  private final Thread applying;
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

  Stages(Edges edges, Path folder, RealTime time, RandomGenerator random) throws LogFailed {
    this.connection = edges.connection();
    this.time = time;
    this.random = random;
    this.schemas = SchemaRegistry.open(connection);
    this.registrations = RegistryTopic.open(connection, Edges.catalogue(), schemas);
    this.log = KafkaLog.open(connection, Edges.catalogue(), schemas, registrations);
    this.clouds = clouds(edges);
    var session = Precondition.sessionMillis(Precondition.check(connection));
    this.reconciler = reconciler(folder, session);
    this.watchers = watchers(session);
    this.objects = objects(session);
    this.applier = applier(session);
    this.applying = Thread.ofPlatform().name("apply").unstarted(this::apply);
  }

  private static Clouds clouds(Edges edges) {
    var settings = Clouds.Settings.of(Map.of("AWS_ENDPOINT_URL", edges.awsEndpoint()));
    return new Clouds(
        settings,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIASANDBOX", "sandbox")));
  }

  private Reconciler reconciler(Path folder, int session) throws LogFailed {
    var role =
        new StreamRole(
            connection,
            Edges.catalogue(),
            "penstock-stream",
            INSTANCE,
            "127.0.0.1:1",
            0,
            session,
            folder.resolve("streams"));
    return role.open(schemas, registrations);
  }

  private KubernetesWatchRole watchers(int session) throws LogFailed {
    var shares = KafkaShares.open(connection, Edges.catalogue(), "penstock-watch", session);
    return new KubernetesWatchRole(
        new KubernetesWatchRole.Parts(
            ClusterAssignment.of(registrations, shares),
            log,
            Stages::api,
            time,
            () -> random,
            WatcherSettings.defaults()));
  }

  private KubernetesApplyRole objects(int session) throws LogFailed {
    var membership =
        new Membership<>(
            Topics.KUBERNETES_COMMANDS,
            KubernetesCommand.class,
            "penstock-apply-kubernetes",
            session);
    return new KubernetesApplyRole(
        new KubernetesApplyRole.Parts(
            KafkaCommandFeed.open(
                connection, Edges.catalogue(), schemas, registrations, membership, time.clock()),
            log,
            cluster -> registrations.current().cluster(cluster),
            Stages::api,
            time,
            this::tenure,
            CrashPoints.none(),
            ApplierSettings.defaults()));
  }

  private ApplyRole applier(int session) throws LogFailed {
    var membership = new Membership<>(Topics.COMMANDS, Command.class, "penstock-apply", session);
    return new ApplyRole(
        new ApplyRole.Parts(
            log,
            KafkaCommandFeed.open(
                connection, Edges.catalogue(), schemas, registrations, membership, time.clock()),
            clouds::of,
            new Readers(),
            time,
            this::tenure,
            Rates.published(),
            Limits.defaults(),
            CrashPoints.none()),
        Crew.virtualThreads(this::failed));
  }

  private static KubernetesApi api(ClusterRegistration registration) {
    return HttpKubernetesApi.of(new ClusterCredentials(registration, System.getenv()::get));
  }

  /** 64 random bits, in hexadecimal. */
  private String tenure() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  void start() throws InterruptedException {
    reconciler.start();
    applying.start();
    objects.start();
    watchers.start();
  }

  private void apply() {
    try {
      applier.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable problem) {
    LOG.error("a stage of the sandbox stopped", problem);
    defect.compareAndSet(null, problem);
  }

  boolean ready() {
    return reconciler.ready() && watchers.ready() && objects.ready() && !applier.open().isEmpty();
  }

  boolean failed() {
    return defect.get() != null
        || reconciler.failed()
        || watchers.failed().isPresent()
        || objects.failed().isPresent();
  }

  Reconciler reconciler() {
    return reconciler;
  }

  KafkaLog log() {
    return log;
  }

  RegistryTopic registrations() {
    return registrations;
  }

  @Override
  public void close() {
    watchers.close();
    objects.close();
    applier.stop();
    try {
      applying.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    reconciler.close();
    log.close();
    registrations.close();
    clouds.close();
  }
}
