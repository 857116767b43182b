package dev.penstock.cli.bench;

import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.KafkaLog;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.sandbox.aws.AwsServer;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.aws.Latency;
import dev.penstock.sandbox.aws.Quotas;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.RegistryServer;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.Kubeconfig;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.sandbox.local.OpenParts;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.ScopeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The world that the stages are measured in: a Kafka broker, a cluster whose objects the bench
 * writes itself (nobody else acts in it, as in the peers' runs), and the AWS simulator, where load
 * balancers are active and targets healthy at once. Our own timers are those of production.
 */
final class BenchWorld implements AutoCloseable {
  static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  static final Scope DNS = Scope.global(SandboxWorld.ACCOUNT);
  static final String CLUSTER = "bench";
  static final Catalogue CATALOGUE = Catalogue.small("");

  /** Divides health check intervals and draining, which follow the target groups' own settings. */
  static final int SPEED = 100;

  private final OpenParts open = new OpenParts();
  private final Connection connection;
  private final LiveCluster cluster;
  private final AwsSimulator aws;
  private final AwsServer awsServer;
  private final Path kubeconfig;

  private BenchWorld(Path folder, Timing timing, RandomGenerator random)
      throws StartFailed, LogFailed, IOException {
    try {
      var broker = EmbeddedBroker.start(folder.resolve("kafka"));
      open.push(broker::close);
      var registry = RegistryServer.start(broker.bootstrapServers());
      open.push(registry::close);
      this.connection = Connection.of(broker.bootstrapServers(), registry.url());
      new TopicSetup(connection, CATALOGUE).create();
      SchemaRegistry.open(connection).registerAll(CATALOGUE);
      var objects = folder.resolve("kubernetes");
      this.cluster = LiveCluster.still(objects, nodes(), timing.clock(), random);
      open.push(cluster::close);
      var api = ApiServer.start(cluster, 0);
      open.push(api::close);
      this.kubeconfig = folder.resolve("kubeconfig");
      Kubeconfig.write(kubeconfig, CLUSTER, api.uri());
      this.aws =
          AwsSimulator.create(
              WorldSpec.sandbox(CLUSTER), easy(), TargetProbe.alwaysHealthy(), timing.clock(), 1);
      aws.put(SandboxWorld.ACCOUNT, Addresses.interfaces());
      this.awsServer = AwsServer.start(aws, 0, timing.pause());
      open.push(awsServer::close);
      register();
    } catch (StartFailed | LogFailed | IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static BenchWorld start(Path folder, Timing timing, RandomGenerator random)
      throws StartFailed, LogFailed, IOException {
    return new BenchWorld(folder, timing, random);
  }

  private static Settings easy() {
    var none = Duration.ZERO;
    var times = new AwsTimes(SPEED, none, none, none, none, none, none, none, none, none);
    return Settings.easy().withTimes(times).withQuotas(Quotas.raised());
  }

  private static ClusterSpec nodes() {
    var nodes = new ArrayList<ClusterSpec.Node>();
    for (var i = 0; i < SandboxWorld.NODES.size(); i++) {
      nodes.add(
          new ClusterSpec.Node(
              nodeName(i), SandboxWorld.NODES.get(i), zone(i), SandboxWorld.NODE_ADDRESSES.get(i)));
    }
    return ClusterSpec.of(CLUSTER, nodes.size()).withNodes(nodes);
  }

  static String nodeName(int node) {
    var address = SandboxWorld.NODE_ADDRESSES.get(node).replace('.', '-');
    return "ip-" + address + "." + SandboxWorld.REGION + ".compute.internal";
  }

  static String zone(int node) {
    return SandboxWorld.REGION + (char) ('a' + node);
  }

  private void register() throws LogFailed {
    var schemas = SchemaRegistry.open(connection);
    var registration =
        ClusterRegistration.of(CLUSTER, HOME, SandboxWorld.VPC)
            .withDnsScopes(List.of(DNS))
            .withKubeconfig(kubeconfig.toAbsolutePath().toString());
    try (var registrations = RegistryTopic.open(connection, CATALOGUE, schemas);
        var log = KafkaLog.open(connection, CATALOGUE, schemas, registrations)) {
      for (var scope : List.of(HOME, DNS)) {
        registrations.register(scope);
        var defaults = ScopeSettings.defaults();
        tell(log, scope, new PersonFact.ScopeSettingsChanged(CLUSTER, defaults));
        tell(log, scope, new PersonFact.ClusterRegistered(CLUSTER, registration));
        tell(log, scope, new PersonFact.ClusterModeChanged(CLUSTER, CLUSTER, ClusterMode.MANAGE));
      }
      registrations.put(new ClusterEntry(registration, ClusterMode.MANAGE));
    }
  }

  private static void tell(KafkaLog log, Scope scope, PersonFact fact) throws LogFailed {
    log.append(new Event(scope, scope + "|cluster|" + CLUSTER, fact));
  }

  Connection connection() {
    return connection;
  }

  LiveCluster cluster() {
    return cluster;
  }

  String awsEndpoint() {
    return awsServer.endpoint();
  }

  /** The number of the newest call at AWS. */
  long lastCall() {
    return awsServer.exclusively(() -> aws.requests().last());
  }

  List<RequestLog.Entry> callsAfter(long number) {
    return awsServer.exclusively(() -> aws.requests().after(number));
  }

  /** From now on each answer takes so long, and AWS's published buckets refuse or not. */
  void behave(Duration latency, boolean throttling) {
    awsServer.exclusively(() -> {
      aws.setLatency(Latency.fixed(latency));
      aws.setThrottling(throttling);
      return latency;
    });
  }

  @Override
  public void close() {
    open.close();
  }
}
