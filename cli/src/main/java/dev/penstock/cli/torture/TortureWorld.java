package dev.penstock.cli.torture;

import dev.penstock.cli.bench.Timing;
import dev.penstock.edges.log.Catalogue;
import dev.penstock.edges.log.Connection;
import dev.penstock.edges.log.KafkaLog;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.edges.log.SchemaRegistry;
import dev.penstock.edges.log.TopicSetup;
import dev.penstock.sandbox.aws.AwsServer;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.AwsTimes;
import dev.penstock.sandbox.aws.RequestLog;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.broker.EmbeddedBroker;
import dev.penstock.sandbox.broker.Ports;
import dev.penstock.sandbox.broker.RegistryServer;
import dev.penstock.sandbox.broker.StartFailed;
import dev.penstock.sandbox.kubernetes.LiveCluster;
import dev.penstock.sandbox.kubernetes.PodProbe;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.http.ApiServer;
import dev.penstock.sandbox.local.OpenParts;
import dev.penstock.sandbox.local.PodHealth;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the processes run between: a real broker, two clusters, each at home in a Region of its own,
 * and AWS. Everything that is simulated here can be made to stand still, and be looked at.
 */
final class TortureWorld implements Sight, AutoCloseable {
  static final Catalogue CATALOGUE = Catalogue.small("");

  private static final String PERSON = "torture";

  private final OpenParts open = new OpenParts();
  private final Fleet fleet;
  private final Timing timing;
  private final Path folder;
  private final Networks networks;
  private final Connection connection;
  private final Map<String, LiveCluster> clusters = new LinkedHashMap<>();
  private final AwsSimulator aws;
  private final AwsServer server;
  private final LogMirror mirror;
  private EmbeddedBroker broker;
  private int partition;

  TortureWorld(Fleet fleet, double speed, Path folder, Timing timing, RandomGenerator random)
      throws StartFailed, LogFailed, IOException {
    this.fleet = fleet;
    this.timing = timing;
    this.folder = folder;
    try {
      this.networks = new Networks();
      open.push(networks::close);
      this.broker = startBroker();
      open.push(() -> broker.close());
      var registry = RegistryServer.start(broker.bootstrapServers(), Ports.free());
      open.push(registry::close);
      this.connection = Connection.of(broker.bootstrapServers(), registry.url());
      new TopicSetup(connection, CATALOGUE).create();
      SchemaRegistry.open(connection).registerAll(CATALOGUE);
      networks.lead(Edge.REGISTRY, URI.create(registry.url()).getPort());
      startClusters(random);
      this.aws =
          AwsSimulator.create(
              fleet.world(),
              Settings.documented().withTimes(AwsTimes.scaled(speed)),
              new PodHealth(this::probe),
              timing.clock(),
              random.nextLong());
      this.server = AwsServer.start(aws, 0, timing.pause());
      open.push(server::close);
      networks.lead(Edge.AWS, server.port());
      register();
      this.mirror = new LogMirror(connection, CATALOGUE, timing);
      open.push(mirror::close);
    } catch (StartFailed | LogFailed | IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private EmbeddedBroker startBroker() throws StartFailed {
    return networks.startBroker(folder.resolve("kafka"));
  }

  private void startClusters(RandomGenerator random) throws IOException {
    var edges = List.of(Edge.CLUSTER_1, Edge.CLUSTER_2);
    for (var site : fleet.sites()) {
      var name = site.cluster().name();
      var live = LiveCluster.open(folder.resolve(name), site.cluster(), timing.clock(), random);
      open.push(live::close);
      var api = ApiServer.start(live, 0);
      open.push(api::close);
      networks.lead(edges.get(clusters.size()), api.uri().getPort());
      clusters.put(name, live);
    }
  }

  private void register() throws LogFailed {
    var schemas = SchemaRegistry.open(connection);
    try (var registrations = RegistryTopic.open(connection, CATALOGUE, schemas);
        var log = KafkaLog.open(connection, CATALOGUE, schemas, registrations)) {
      for (var scope : fleet.scopes()) {
        var owner = registrations.register(scope);
        if (scope.equals(Fleet.HOME)) {
          partition = owner;
        }
        tell(log, scope, new PersonFact.ScopeSettingsChanged(PERSON, fleet.settings()));
      }
      for (var site : fleet.sites()) {
        var name = site.cluster().name();
        var registration = site.registration().withKubeconfig("env:" + Processes.variable(name));
        for (var scope : site.scopes()) {
          tell(log, scope, new PersonFact.ClusterRegistered(PERSON, registration));
          tell(log, scope, new PersonFact.ClusterModeChanged(PERSON, name, ClusterMode.MANAGE));
        }
        registrations.put(new ClusterEntry(registration, ClusterMode.MANAGE));
      }
    }
  }

  private static void tell(KafkaLog log, Scope scope, PersonFact fact) throws LogFailed {
    log.append(new Event(scope, scope + "|person", fact));
  }

  Networks networks() {
    return networks;
  }

  Connection connection() {
    return connection;
  }

  LogMirror mirror() {
    return mirror;
  }

  Timing timing() {
    return timing;
  }

  /** The partition of the log that owns the first Region. */
  int partition() {
    return partition;
  }

  void stopBroker() {
    broker.close();
  }

  void restartBroker() throws StartFailed {
    broker = startBroker();
  }

  /** Does something while nobody else moves, neither clusters nor AWS. */
  void still(Runnable work) {
    server.exclusively(() -> {
      hold(List.copyOf(clusters.values()), work);
      return work;
    });
  }

  private static void hold(List<LiveCluster> rest, Runnable work) {
    if (rest.isEmpty()) {
      work.run();
    } else {
      rest.getFirst()
          .turn(_ -> {
            hold(rest.subList(1, rest.size()), work);
            return work;
          });
    }
  }

  @Override
  public void judging(RequestLog.Entry call, Runnable judgement) {
    if (!call.operation().reads()) {
      mirror.catchUp();
    }
    hold(List.copyOf(clusters.values()), judgement);
  }

  private Optional<PodProbe.Answer> probe(String ip, int port) {
    return clusters.values().stream().flatMap(c -> c.probe(ip, port).stream()).findFirst();
  }

  @Override
  public Fleet fleet() {
    return fleet;
  }

  @Override
  public AwsSimulator aws() {
    return aws;
  }

  /** To be looked at while the world stands still. */
  @Override
  public SimulatedCluster cluster(String name) {
    return live(name).turn(cluster -> cluster);
  }

  private LiveCluster live(String name) {
    return Optional.ofNullable(clusters.get(name)).orElseThrow();
  }

  @Override
  public List<MemoryLog.Kept> log(Scope scope, int from) {
    return mirror.log(scope, from);
  }

  @Override
  public List<AuditRecord> audit(int from) {
    return mirror.audit(from);
  }

  @Override
  public long decided(Scope scope) {
    return mirror.decided(scope);
  }

  /** To the millisecond, as the log tells time. */
  @Override
  public Instant changed(String cluster, long revision) {
    return live(cluster).changedAt(revision).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Instant now() {
    return timing.now();
  }

  @Override
  public void close() {
    open.close();
  }
}
