package dev.penstock.sandbox.simulation;

import dev.penstock.edges.log.MemoryLog;
import dev.penstock.edges.log.history.MemoryHistory;
import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.aws.Settings;
import dev.penstock.sandbox.aws.TargetProbe;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Observer;
import dev.penstock.sandbox.simulation.log.Broker;
import dev.penstock.sandbox.simulation.machines.ClusterSite;
import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.machines.MachineTrouble;
import dev.penstock.sandbox.simulation.machines.Machines;
import dev.penstock.sandbox.simulation.machines.Surroundings;
import dev.penstock.sandbox.simulation.machines.Troubles;
import dev.penstock.schemas.audit.AuditRecord;
import dev.penstock.schemas.change.Change;
import dev.penstock.schemas.event.Event;
import dev.penstock.schemas.event.EventBody;
import dev.penstock.schemas.event.PersonFact;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.streams.replay.RecordedRun;
import dev.penstock.streams.tables.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every stage between simulated clusters and a simulated AWS, on one thread: whoever has something
 * to do now does it; when nobody has, the clock moves to whatever is next. The same seed, calls and
 * troubles give the same run.
 */
public final class Pipeline implements Sight, AutoCloseable {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PERSON = "an operator";
  private static final int ROUNDS = 1_000;

  private final Fleet fleet;
  private final Baton baton = new Baton(START);
  private final Surroundings world;
  private final Machines machines;
  private final Troubles troubles;

  private Pipeline(
      long seed,
      Fleet fleet,
      Settings behaviour,
      Function<List<ClusterSite>, TargetProbe> targets,
      Layout layout,
      Observer observer) {
    this.fleet = fleet;
    var chance = new Chance(seed);
    var delays = new Delays(chance.of("delays"), baton, layout.delayed());
    var sites = fleet.sites().stream().map(site -> site(site, chance)).toList();
    var aws =
        AwsSimulator.create(
            fleet.world(), behaviour, targets.apply(sites), baton, chance.of("aws").seed());
    var broker = new Broker(baton, delays, layout.partitions(), fleet.scopes());
    this.world = new Surroundings(baton, chance, delays, broker, aws, sites, observer);
    this.machines = new Machines(world, layout);
    this.troubles = new Troubles(world, machines);
    register(fleet);
  }

  /** A pipeline with empty, managed clusters that nobody has looked at yet. */
  public static Pipeline start(long seed, Fleet fleet) {
    return start(seed, fleet, Layout.calm(), Observer.none());
  }

  /** The same, on an AWS that behaves so, with targets that answer so. */
  public static Pipeline start(long seed, Fleet fleet, Settings behaviour, TargetProbe targets) {
    return new Pipeline(seed, fleet, behaviour, _ -> targets, Layout.calm(), Observer.none());
  }

  /** The same, with more machines and partitions, and somebody who looks on. */
  public static Pipeline start(long seed, Fleet fleet, Layout layout, Observer observer) {
    return new Pipeline(
        seed,
        fleet,
        Settings.documented(),
        sites -> check -> probe(sites, check),
        layout,
        observer);
  }

  @Override
  public Fleet fleet() {
    return fleet;
  }

  @Override
  public SimulatedCluster cluster(String name) {
    return world.sites().stream()
        .filter(site -> site.name().equals(name))
        .findFirst()
        .orElseThrow()
        .cluster();
  }

  @Override
  public AwsSimulator aws() {
    return world.aws();
  }

  /** The reconciler's tables, with what a transaction that is open wrote. */
  public Tables tables() {
    return machines.tables();
  }

  /** Every audit record that is committed. */
  public List<AuditRecord> audit() {
    return List.copyOf(world.broker().audit());
  }

  /** Every change that is committed. */
  public List<Change> changes() {
    return List.copyOf(world.broker().changes());
  }

  /** The log so far with all that followed from it, as a broker would hold it. */
  public MemoryHistory history() {
    return RecordedRun.of(machines.taken());
  }

  @Override
  public List<AuditRecord> audit(int from) {
    var all = world.broker().audit();
    return List.copyOf(all.subList(Math.min(from, all.size()), all.size()));
  }

  @Override
  public List<MemoryLog.Kept> log(Scope scope, int from) {
    var all = world.broker().counting(scope);
    return List.copyOf(all.subList(Math.min(from, all.size()), all.size()));
  }

  /** Every record of the scope that is committed, in the order of the log. */
  public Stream<Event> events(Scope scope) {
    return log(scope, 0).stream()
        .sorted(Comparator.comparing(kept -> kept.appended().position()))
        .map(MemoryLog.Kept::event);
  }

  @Override
  public Instant now() {
    return baton.instant();
  }

  /** A person's or a test's word enters the scope's log. */
  public void append(Scope scope, EventBody fact) {
    world.broker().append(new Event(scope, scope + "|person", fact));
  }

  /** Something that happens while time passes. */
  public void at(Instant time, Runnable deed) {
    baton.at(time, deed);
  }

  /** Trouble comes, now or when its machine is at its point. */
  public void strike(MachineTrouble trouble) {
    troubles.strike(trouble);
  }

  /** The trouble that came so far, in its order. */
  public List<Troubles.Struck> struck() {
    return troubles.struck();
  }

  /** All trouble ends: every machine lives and moves, and nothing takes time any more. */
  public void calm() {
    troubles.calm();
  }

  /** Lets this much time pass. */
  public void pass(Duration duration) throws InterruptedException {
    passUntil(duration, () -> false);
  }

  /** Lets time pass until it holds; false if it does not within the bound. */
  public boolean passUntil(Duration atMost, BooleanSupplier holds) throws InterruptedException {
    var end = baton.instant().plus(atMost);
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

  /** Ends every task; nothing may be asked afterwards. */
  @Override
  public void close() throws InterruptedException {
    machines.close();
    baton.runDue();
  }

  /** Everybody does what there is to do now; answers when there is something next. */
  private Instant settle() throws InterruptedException {
    world.aws().advance();
    for (var round = 0; round < ROUNDS; round++) {
      world.broker().expire();
      var worked = false;
      for (var site : world.sites()) {
        worked |= site.live(baton.instant());
      }
      worked |= machines.run();
      worked |= baton.runDue();
      if (!worked) {
        return next();
      }
    }
    throw new IllegalStateException("the pipeline never comes to rest at " + baton.instant());
  }

  private Instant next() {
    var next = earlier(baton.next(), earlier(machines.next(), world.broker().next()));
    for (var site : world.sites()) {
      next = earlier(next, site.due());
    }
    return next;
  }

  private static Instant earlier(Instant a, Instant b) {
    return b.isBefore(a) ? b : a;
  }

  private void register(Fleet fleet) {
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

  private ClusterSite site(Fleet.Site site, Chance chance) {
    var name = site.cluster().name();
    var random = chance.of("cluster|" + name).sequence();
    var cluster = new SimulatedCluster(site.cluster(), new ObjectStore(), baton, random);
    return new ClusterSite(name, site.home(), cluster);
  }

  /** Whichever cluster has a pod or node at the address answers. */
  private static TargetProbe.Reply probe(List<ClusterSite> sites, TargetProbe.Check check) {
    return sites.stream()
        .flatMap(site -> site.cluster().probe(check.address(), check.port()).stream())
        .findFirst()
        .<TargetProbe.Reply>map(answer -> new TargetProbe.Reply.Http(answer.status()))
        .orElseGet(TargetProbe.Reply.ConnectionRefused::new);
  }
}
