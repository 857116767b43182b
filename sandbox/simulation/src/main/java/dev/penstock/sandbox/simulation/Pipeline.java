package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Limits;
import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.KubernetesApplier;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.SandboxWorld;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.kubernetes.ClusterSpec;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.edge.SimulatedApi;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.ScopeSettings;
import dev.penstock.streams.tables.Tables;
import dev.penstock.watchers.aws.Readers;
import dev.penstock.watchers.kubernetes.KubernetesWatcher;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every stage between a simulated cluster and a simulated AWS, on one thread: whoever has something
 * to do now does it; when nobody has, the clock moves to whatever is next. The same seed and calls
 * give the same run.
 */
public final class Pipeline {
  public static final String CLUSTER = "sandbox";
  public static final Scope HOME = new Scope(SandboxWorld.ACCOUNT, SandboxWorld.REGION);
  public static final Scope DNS = Scope.global(SandboxWorld.ACCOUNT);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PERSON = "an operator";
  private static final int ROUNDS = 10_000;

  private final Baton baton = new Baton(START);
  private final MemoryLog log = new MemoryLog(baton);
  private final Random random;
  private final SimulatedCluster cluster;
  private final AwsSimulator aws;
  private final Reconciler reconciler;
  private final KubernetesWatcher watcher;
  private final ApplyRole applier;
  private final ClusterHand hand;
  private Instant watcherNext = START;

  private Pipeline(long seed, ScopeSettings settings) throws LogFailed {
    this.random = new Random(seed);
    this.cluster = new SimulatedCluster(spec(), new ObjectStore(), baton, random);
    this.aws =
        AwsSimulator.create(
            WorldSpec.sandbox(CLUSTER),
            Settings.documented(),
            check -> probe(cluster, check),
            baton,
            seed);
    var scopes = List.of(HOME, DNS);
    scopes.forEach(log::register);
    this.reconciler = new Reconciler(log, scopes);
    var api = new SimulatedApi(cluster, _ -> {});
    this.watcher =
        new KubernetesWatcher(HOME, CLUSTER, api, log, baton, random, WatcherSettings.defaults());
    this.applier = new ApplyRole(parts(), baton);
    this.hand = hand(api);
    register(settings);
  }

  /** A pipeline with an empty, managed cluster that nobody has looked at yet. */
  public static Pipeline start(long seed, ScopeSettings settings) throws LogFailed {
    return new Pipeline(seed, settings);
  }

  public SimulatedCluster cluster() {
    return cluster;
  }

  public AwsSimulator aws() {
    return aws;
  }

  public Tables tables() {
    return reconciler.tables();
  }

  public List<AuditRecord> audit() {
    return List.copyOf(reconciler.audit());
  }

  public List<Change> changes() {
    return List.copyOf(reconciler.changes());
  }

  /** Every record of the scope so far. */
  public Stream<Event> events(Scope scope) {
    return log.read(scope, 0).stream().map(MemoryLog.Kept::event);
  }

  public Instant now() {
    return baton.now();
  }

  /** A person's or a test's word enters the scope's log. */
  public void append(Scope scope, PersonFact fact) throws LogFailed {
    log.append(new Event(scope, scope + "|person", fact));
  }

  /** Lets this much time pass. */
  public void pass(Duration duration) throws LogFailed, InterruptedException {
    passUntil(duration, () -> false);
  }

  /** Lets time pass until it holds; false if it does not within the bound. */
  public boolean passUntil(Duration atMost, BooleanSupplier holds)
      throws LogFailed, InterruptedException {
    var end = baton.now().plus(atMost);
    while (true) {
      var next = settle();
      if (holds.getAsBoolean()) {
        return true;
      }
      if (next.isAfter(end)) {
        baton.moveTo(end);
        settle();
        return holds.getAsBoolean();
      }
      baton.moveTo(next);
    }
  }

  /** Everybody does what there is to do now; answers when there is something next. */
  private Instant settle() throws LogFailed, InterruptedException {
    aws.advance();
    for (var round = 0; round < ROUNDS; round++) {
      var clusterNext = cluster.settle();
      watch();
      reconciler.tick(baton.now());
      var worked = reconciler.read();
      applier.turn(Duration.ZERO);
      worked |= baton.runDue();
      worked |= hand.run();
      if (!worked) {
        return Stream.of(
                clusterNext, watcherNext, reconciler.next(), baton.next(), hand.next(), Instant.MAX)
            .min(Instant::compareTo)
            .orElseThrow();
      }
    }
    throw new IllegalStateException("the pipeline never comes to rest at " + baton.now());
  }

  private void watch() {
    var rest = watcher.step();
    while (rest.isZero()) {
      rest = watcher.step();
    }
    watcherNext = baton.now().plus(rest);
  }

  private void register(ScopeSettings settings) throws LogFailed {
    append(HOME, new PersonFact.ScopeSettingsChanged(PERSON, settings));
    append(DNS, new PersonFact.ScopeSettingsChanged(PERSON, settings));
    append(HOME, new PersonFact.ClusterRegistered(PERSON, registration()));
    append(HOME, new PersonFact.ClusterModeChanged(PERSON, CLUSTER, ClusterMode.MANAGE));
  }

  private static ClusterRegistration registration() {
    return ClusterRegistration.of(CLUSTER, HOME, SandboxWorld.VPC).withDnsScopes(List.of(DNS));
  }

  private ApplyRole.Parts parts() {
    return new ApplyRole.Parts(
        log,
        log.commands().join(),
        this::cloud,
        new Readers(),
        baton,
        () -> Long.toHexString(random.nextLong()),
        Rates.published(),
        Limits.defaults(),
        CrashPoints.none());
  }

  private Cloud cloud(Scope scope) {
    var region = scope.isGlobal() ? "us-east-1" : scope.region();
    return new InProcessCloud(aws, Caller.of(scope.account(), region, "penstock"));
  }

  private ClusterHand hand(SimulatedApi api) {
    var applies =
        new KubernetesApplier(
            HOME,
            CLUSTER,
            Long.toHexString(random.nextLong()),
            api,
            log,
            baton,
            _ -> true,
            ApplierSettings.defaults());
    return new ClusterHand(log.kubernetesCommands().join(), applies, baton);
  }

  private static TargetProbe.Reply probe(SimulatedCluster cluster, TargetProbe.Check check) {
    return cluster
        .probe(check.address(), check.port())
        .<TargetProbe.Reply>map(answer -> new TargetProbe.Reply.Http(answer.status()))
        .orElseGet(TargetProbe.Reply.ConnectionRefused::new);
  }

  /** The cluster on the nodes and pod addresses of the sandbox's AWS. */
  private static ClusterSpec spec() {
    var nodes = IntStream.range(0, SandboxWorld.NODES.size()).mapToObj(Pipeline::node).toList();
    return ClusterSpec.of(CLUSTER, nodes.size())
        .withNodes(nodes)
        .withPodCidr(SandboxWorld.POD_CIDR);
  }

  private static ClusterSpec.Node node(int i) {
    var address = SandboxWorld.NODE_ADDRESSES.get(i);
    return new ClusterSpec.Node(
        "ip-" + address.replace('.', '-') + "." + SandboxWorld.REGION + ".compute.internal",
        SandboxWorld.NODES.get(i),
        SandboxWorld.REGION + (char) ('a' + i),
        address);
  }
}
