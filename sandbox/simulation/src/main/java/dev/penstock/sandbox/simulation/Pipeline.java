package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Limits;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Caller;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.streams.replay.RecordedRun;
import dev.penstock.streams.tables.Tables;
import dev.penstock.watchers.aws.Readers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Every stage between simulated clusters and a simulated AWS, on one thread: whoever has something
 * to do now does it; when nobody has, the clock moves to whatever is next. The same seed and calls
 * give the same run.
 */
public final class Pipeline implements Sight {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PERSON = "an operator";
  private static final int ROUNDS = 1_000;

  private final Baton baton = new Baton(START);
  private final MemoryLog log = new MemoryLog(baton);
  private final Random random;
  private final Fleet fleet;
  private final AwsSimulator aws;
  private final Reconciler reconciler;
  private final List<ClusterStages> clusters;
  private final ApplyRole applier;
  private final ObjectCommands objectCommands;

  private Pipeline(long seed, Fleet fleet) throws LogFailed {
    this.random = new Random(seed);
    this.fleet = fleet;
    fleet.scopes().forEach(log::register);
    this.clusters =
        fleet.sites().stream().map(site -> new ClusterStages(site, log, baton, random)).toList();
    this.aws = AwsSimulator.create(fleet.world(), Settings.documented(), this::probe, baton, seed);
    this.reconciler = new Reconciler(log, fleet.scopes());
    this.applier = new ApplyRole(parts(), baton);
    this.objectCommands = new ObjectCommands(log.kubernetesCommands().join(), clusters);
    register(fleet);
  }

  /** A pipeline with empty, managed clusters that nobody has looked at yet. */
  public static Pipeline start(long seed, Fleet fleet) throws LogFailed {
    return new Pipeline(seed, fleet);
  }

  @Override
  public Fleet fleet() {
    return fleet;
  }

  @Override
  public SimulatedCluster cluster(String name) {
    return clusters.stream()
        .filter(stages -> stages.site().cluster().name().equals(name))
        .findFirst()
        .orElseThrow()
        .cluster();
  }

  @Override
  public AwsSimulator aws() {
    return aws;
  }

  public Tables tables() {
    return reconciler.tables();
  }

  public List<AuditRecord> audit() {
    return reconciler.audit();
  }

  @Override
  public List<AuditRecord> audit(int from) {
    var all = reconciler.audit();
    return List.copyOf(all.subList(Math.min(from, all.size()), all.size()));
  }

  @Override
  public List<MemoryLog.Kept> log(Scope scope, long from) {
    return log.read(scope, from);
  }

  public List<Change> changes() {
    return reconciler.changes();
  }

  /** The log so far with all that followed from it, as a broker would hold it. */
  public MemoryHistory history() {
    return RecordedRun.of(reconciler.taken());
  }

  /** Every record of the scope so far. */
  public Stream<Event> events(Scope scope) {
    return log.read(scope, 0).stream().map(MemoryLog.Kept::event);
  }

  @Override
  public Instant now() {
    return baton.now();
  }

  /** A person's or a test's word enters the scope's log. */
  public void append(Scope scope, EventBody fact) throws LogFailed {
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
      clusters.forEach(ClusterStages::look);
      reconciler.tick(baton.now());
      var worked = reconciler.read();
      reconciler.takeWords().forEach(this::tell);
      applier.turn(Duration.ZERO);
      worked |= baton.runDue();
      worked |= objectCommands.tell();
      for (var stages : clusters) {
        worked |= stages.write();
      }
      if (!worked) {
        return next();
      }
    }
    throw new IllegalStateException("the pipeline never comes to rest at " + baton.now());
  }

  private void tell(RegistryEntry word) {
    switch (word) {
      case RegistryEntry.SnapshotWanted(var cluster, _) ->
          clusters.stream()
              .filter(stages -> stages.site().cluster().name().equals(cluster))
              .forEach(ClusterStages::watchAnew);
      case RegistryEntry.ScopeEntry _, RegistryEntry.ClusterEntry _ -> {}
    }
  }

  private Instant next() {
    return Stream.concat(
            clusters.stream().map(ClusterStages::next), Stream.of(reconciler.next(), baton.next()))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private void register(Fleet fleet) throws LogFailed {
    for (var scope : fleet.scopes()) {
      append(scope, new PersonFact.ScopeSettingsChanged(PERSON, fleet.settings()));
    }
    for (var site : fleet.sites()) {
      for (var scope : site.scopes()) {
        append(scope, new PersonFact.ClusterRegistered(PERSON, site.registration()));
        var name = site.cluster().name();
        append(scope, new PersonFact.ClusterModeChanged(PERSON, name, ClusterMode.MANAGE));
      }
    }
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
    var caller = Caller.of(scope.account(), region, "penstock").as(PRINCIPAL);
    return new InProcessCloud(aws, caller, baton);
  }

  /** Whichever cluster has a pod or node at the address answers. */
  private TargetProbe.Reply probe(TargetProbe.Check check) {
    return clusters.stream()
        .flatMap(stages -> stages.cluster().probe(check.address(), check.port()).stream())
        .findFirst()
        .<TargetProbe.Reply>map(answer -> new TargetProbe.Reply.Http(answer.status()))
        .orElseGet(TargetProbe.Reply.ConnectionRefused::new);
  }
}
