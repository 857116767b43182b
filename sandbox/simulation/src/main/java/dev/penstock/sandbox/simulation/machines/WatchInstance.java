package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Loop;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.log.Group;
import dev.penstock.sandbox.simulation.log.MachineLog;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry.SnapshotWanted;
import dev.penstock.watchers.kubernetes.KubernetesWatcher;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The role {@code watch kubernetes}: a watcher for each cluster that is its share. */
final class WatchInstance implements Instance {
  private final Surroundings world;
  private final Machine machine;
  private final MachineLog log;
  private final Group group;
  private final RandomGenerator randoms;
  private final Map<Integer, Watching> watching = new TreeMap<>();
  private Optional<Group.Member> member;
  private int wordsRead;

  /** It shares the clusters with the group. */
  WatchInstance(Surroundings world, Machine machine, Chance chance, Group group) {
    this.world = world;
    this.machine = machine;
    this.log = new MachineLog(world.broker(), world.delays(), machine);
    this.group = group;
    this.randoms = chance.of("watchers").sequence();
    this.member = Optional.of(group.join(machine));
    this.wordsRead = world.broker().words().size();
  }

  /** It watches this cluster, whoever else may. */
  WatchInstance(Surroundings world, Machine machine, Chance chance, Group group, int cluster) {
    this(world, machine, chance, group);
    member.orElseThrow().leave();
    member = Optional.empty();
    watching.put(cluster, new Watching(cluster));
  }

  /** One cluster's watcher. */
  private final class Watching {
    private final ClusterSite site;
    private final KubernetesWatcher watcher;
    private final Loop loop;
    private Optional<ClusterSite.Sight> seen = Optional.empty();

    private Watching(int number) {
      this.site = world.sites().get(number);
      this.watcher =
          new KubernetesWatcher(
              ClusterRegistration.of(site.name(), site.home(), ""),
              new MachineApi(world, machine, site),
              log,
              machine,
              new SplittableRandom(randoms.nextLong()),
              WatcherSettings.defaults());
      this.loop =
          new Loop(
              machine, world.delays(), machine.name() + "|" + site.name(), Way.WATCH, this::step);
    }

    private Duration step() {
      seen = Optional.of(site.sight());
      return watcher.step();
    }

    private boolean run() {
      if (!seen.equals(Optional.of(site.sight()))) {
        loop.stir();
      }
      return loop.run();
    }

    private void end() {
      loop.end();
      watcher.close();
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
    if (!machine.running()) {
      return false;
    }
    var worked = !world.broker().away() && assign();
    for (var one : watching.values()) {
      worked |= one.run();
    }
    return worked;
  }

  @Override
  public Instant next() {
    var next = Instant.MAX;
    for (var one : watching.values()) {
      next = one.loop.next().isBefore(next) ? one.loop.next() : next;
    }
    return next;
  }

  @Override
  public void leave() {
    member.ifPresent(Group.Member::leave);
    machine.kill();
  }

  /** Begins and ends watchers as the group and the registry say; false if neither says anything. */
  private boolean assign() {
    var worked = member.isPresent() && share(member.get());
    var words = world.broker().words();
    for (; wordsRead < words.size(); wordsRead++) {
      if (words.get(wordsRead) instanceof SnapshotWanted(var cluster, _)) {
        watching.replaceAll((number, one) -> {
          if (!one.site.name().equals(cluster)) {
            return one;
          }
          one.end();
          return new Watching(number);
        });
        worked = true;
      }
    }
    return worked;
  }

  private boolean share(Group.Member before) {
    var current = before;
    if (before.expelled()) {
      watching.values().forEach(Watching::end);
      watching.clear();
      current = group.join(machine);
      member = Optional.of(current);
    }
    current.poll();
    var worked = false;
    for (var number : current.surplus()) {
      current.giveBack(number);
      Optional.ofNullable(watching.remove(number)).ifPresent(Watching::end);
      worked = true;
    }
    for (var number : current.due()) {
      current.take(number);
      watching.put(number, new Watching(number));
      worked = true;
    }
    return worked;
  }
}
