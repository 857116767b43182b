package dev.penstock.sandbox.simulation.machines;

import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.ClusterEdges;
import dev.penstock.appliers.kubernetes.KubernetesApplier;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Loop;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.log.MachineLog;
import dev.penstock.sandbox.simulation.log.TableFeed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The Kubernetes applier's role: an applier for each cluster of the assigned scopes. */
final class ObjectsInstance implements Instance {
  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Surroundings world;
  private final Machine machine;
  private final MachineLog log;
  private final TableFeed<KubernetesCommand> feed;
  private final RandomGenerator tenures;
  private final Map<String, Worker> workers = new TreeMap<>();
  private final TreeSet<Scope> caughtUp = new TreeSet<>();
  private final Loop polling;

  ObjectsInstance(Surroundings world, Machine machine, Chance chance) {
    this.world = world;
    this.machine = machine;
    this.log = new MachineLog(world.broker(), world.delays(), machine);
    this.feed = world.broker().kubernetesCommands().join(machine);
    this.tenures = chance.of("tenures").sequence();
    this.polling = new Loop(machine, world.delays(), machine.name(), Way.FETCH, this::poll);
  }

  /** One cluster's applier, and what it is told by the loop that polls. */
  private final class Worker {
    private final Deque<Consumer<KubernetesApplier>> told = new ArrayDeque<>();
    private final KubernetesApplier applier;
    private final Loop loop;
    private boolean revoked;

    private Worker(ClusterSite site) {
      var edges =
          new ClusterEdges(
              site.home(),
              site.name(),
              Long.toHexString(tenures.nextLong()),
              log,
              machine,
              this::mayWrite,
              machine.crashPoints(),
              ApplierSettings.defaults());
      this.applier = new KubernetesApplier(edges, new MachineApi(world, machine, site));
      this.loop =
          new Loop(
              machine, world.delays(), machine.name() + "|" + site.name(), Way.COMMIT, this::step);
    }

    private boolean mayWrite() {
      var proven = feed.lastPoll().plus(ApplierSettings.defaults().fresh());
      return !revoked && !machine.now().isAfter(proven);
    }

    private void tell(Consumer<KubernetesApplier> something) {
      told.add(something);
    }

    private Duration step() throws LogFailed {
      while (!told.isEmpty()) {
        told.remove().accept(applier);
      }
      return applier.step();
    }

    private boolean run() {
      if (!told.isEmpty()) {
        loop.stir();
      }
      return loop.run();
    }

    private void stop() {
      revoked = true;
      loop.end();
    }
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public MachineLog log() {
    return log;
  }

  @Override
  public boolean run() {
    if (machine.running() && feed.hasNews()) {
      polling.stir();
    }
    var worked = polling.run();
    for (var worker : workers.values()) {
      worked |= worker.run();
    }
    return worked;
  }

  @Override
  public Instant next() {
    var next = polling.next();
    for (var worker : workers.values()) {
      next = worker.loop.next().isBefore(next) ? worker.loop.next() : next;
    }
    return next;
  }

  @Override
  public void leave() {
    feed.close();
    machine.kill();
  }

  private Duration poll() throws LogFailed {
    try {
      feed.poll(Duration.ZERO).forEach(this::take);
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.UNREACHABLE) {
        throw failed;
      }
      return AGAIN;
    }
    return feed.hasNews() ? Duration.ZERO : IDLE;
  }

  private void take(FeedEvent<KubernetesCommand> event) {
    switch (event) {
      case FeedEvent.Assigned<KubernetesCommand>(var scope) -> revoke(scope);
      case FeedEvent.Opened<KubernetesCommand>(_, _, _, var command) ->
          worker(command.object().cluster()).tell(applier -> applier.opened(command));
      case FeedEvent.Closed<KubernetesCommand>(var scope, var key, _) -> {
        var object = ObjectKey.parse(key.substring(scope.toString().length() + 1));
        if (workers.containsKey(object.cluster())) {
          worker(object.cluster()).tell(applier -> applier.closed(object));
        }
      }
      case FeedEvent.CaughtUp<KubernetesCommand>(var scope) -> {
        caughtUp.add(scope);
        world.sites().stream()
            .filter(site -> site.home().equals(scope) && workers.containsKey(site.name()))
            .forEach(site -> worker(site.name()).tell(KubernetesApplier::caughtUp));
      }
      case FeedEvent.Unreadable<KubernetesCommand>(_, var key, _, var reason) ->
          throw new IllegalStateException("the command of " + key + " cannot be read: " + reason);
      case FeedEvent.Revoked<KubernetesCommand>(var scope) -> revoke(scope);
    }
  }

  private void revoke(Scope scope) {
    caughtUp.remove(scope);
    for (var site : world.sites()) {
      if (site.home().equals(scope) && workers.containsKey(site.name())) {
        worker(site.name()).stop();
        workers.remove(site.name());
      }
    }
  }

  private Worker worker(String cluster) {
    var known = workers.get(cluster);
    if (known != null) {
      return known;
    }
    var site =
        world.sites().stream().filter(s -> s.name().equals(cluster)).findFirst().orElseThrow();
    var worker = new Worker(site);
    if (caughtUp.contains(site.home())) {
      worker.tell(KubernetesApplier::caughtUp);
    }
    workers.put(cluster, worker);
    return worker;
  }
}
