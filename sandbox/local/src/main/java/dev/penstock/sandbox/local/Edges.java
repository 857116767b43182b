package dev.penstock.sandbox.local;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.sandbox.aws.AwsServer;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.broker.DirectoryLock;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.broker.RegistryServer;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The world around the pipeline: broker, schema registry, a cluster with its API, AWS. Data is kept
 * in the folder, which belongs to this process alone, and survives a kill. Closed in the reverse
 * order of starting.
 */
public final class Edges implements AutoCloseable {
  private final OpenParts open = new OpenParts();
  private final SandboxSettings settings;
  private Optional<LiveCluster> cluster = Optional.empty();
  private Connection connection = Connection.of("", "");
  private String awsEndpoint = "";
  private Path kubeconfig;
  private Optional<AwsSimulator> aws = Optional.empty();

  private Edges(SandboxSettings settings) {
    this.settings = settings;
    this.kubeconfig = settings.folder().resolve("kubeconfig");
  }

  /** Told of every part that is about to start. */
  public interface Progress {
    void starting(String part);
  }

  /**
   * Starts every part; what was started is closed again when one fails.
   *
   * @throws StartFailed saying which part, and what to do
   */
  public static Edges start(
      SandboxSettings settings,
      Clock clock,
      RandomGenerator random,
      AwsServer.Pause pause,
      Progress progress)
      throws StartFailed, IOException, LogFailed {
    var edges = new Edges(settings);
    try {
      settings.ports().require();
      var lock = DirectoryLock.of(settings.folder());
      edges.open.push(lock::close);
      EnvironmentFile.remove(settings.folder());
      progress.starting("Kafka broker");
      edges.startLog();
      progress.starting("Kubernetes API");
      edges.startCluster(clock, random);
      progress.starting("AWS simulator");
      edges.startAws(clock, pause);
      return edges;
    } catch (StartFailed | IOException | LogFailed | RuntimeException e) {
      edges.close();
      throw e;
    }
  }

  private void startLog() throws StartFailed, LogFailed {
    var folder = settings.folder().resolve("kafka");
    var ports = settings.ports();
    var broker =
        EmbeddedBroker.start(
            folder, orFree(ports.kafka()), orFree(ports.kafkaController()), Map.of());
    open.push(broker::close);
    var registry = RegistryServer.start(broker.bootstrapServers(), orFree(ports.registry()));
    open.push(registry::close);
    connection = Connection.of(broker.bootstrapServers(), registry.url());
    new TopicSetup(connection, catalogue()).create();
    SchemaRegistry.open(connection).registerAll(catalogue());
  }

  private static int orFree(int port) {
    return port == 0 ? Ports.free() : port;
  }

  private void startCluster(Clock clock, RandomGenerator random) throws IOException {
    if (settings.kubeconfig().isPresent()) {
      kubeconfig = settings.kubeconfig().get();
      return;
    }
    var live =
        LiveCluster.open(settings.folder().resolve("kubernetes"), clusterSpec(), clock, random);
    open.push(live::close);
    cluster = Optional.of(live);
    var server = ApiServer.start(live, settings.ports().kubernetes());
    open.push(server::close);
    Kubeconfig.write(kubeconfig, settings.cluster(), server.uri());
  }

  private ClusterSpec clusterSpec() {
    var nodes = new ArrayList<ClusterSpec.Node>();
    for (var i = 0; i < SandboxWorld.NODES.size(); i++) {
      var address = SandboxWorld.NODE_ADDRESSES.get(i);
      nodes.add(
          new ClusterSpec.Node(
              "ip-" + address.replace('.', '-') + "." + SandboxWorld.REGION + ".compute.internal",
              SandboxWorld.NODES.get(i),
              SandboxWorld.REGION + (char) ('a' + i),
              address));
    }
    return ClusterSpec.of(settings.cluster(), nodes.size())
        .withNodes(nodes)
        .withPodCidr(SandboxWorld.POD_CIDR)
        .withSpeed(settings.speed());
  }

  private void startAws(Clock clock, AwsServer.Pause pause) throws IOException {
    var probe = cluster.<TargetProbe>map(PodHealth::new).orElseGet(TargetProbe::alwaysHealthy);
    var world =
        AwsSimulator.open(
            settings.folder().resolve("aws"),
            WorldSpec.sandbox(settings.cluster()),
            Settings.documented().withTimes(AwsTimes.scaled(settings.speed())),
            probe,
            clock,
            1);
    var server = AwsServer.start(world, settings.ports().aws(), pause);
    open.push(server::close);
    aws = Optional.of(world);
    awsEndpoint = server.endpoint();
  }

  /** The sandbox's topics: few partitions, no prefix. */
  public static Catalogue catalogue() {
    return Catalogue.small("");
  }

  public Connection connection() {
    return connection;
  }

  public String awsEndpoint() {
    return awsEndpoint;
  }

  public Path kubeconfig() {
    return kubeconfig;
  }

  /** The simulated cluster; empty when a real one is used. */
  public Optional<LiveCluster> cluster() {
    return cluster;
  }

  public AwsSimulator aws() {
    return aws.orElseThrow(() -> new IllegalStateException("not started"));
  }

  @Override
  public void close() {
    open.close();
  }
}
