package dev.penstock.sandbox.simulation.machines;

import dev.penstock.appliers.ApplyRole;
import dev.penstock.appliers.Limits;
import dev.penstock.appliers.kubernetes.ClusterSecrets;
import dev.penstock.edges.aws.Rates;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import dev.penstock.sandbox.simulation.engine.Loop;
import dev.penstock.sandbox.simulation.engine.Machine;
import dev.penstock.sandbox.simulation.log.MachineLog;
import dev.penstock.sandbox.simulation.log.TableFeed;
import dev.penstock.schemas.command.Command;
import dev.penstock.watchers.aws.Readers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The role {@code apply}. */
final class ApplyInstance implements Instance {
  /** How often the role looks after itself while it works, and while it does not. */
  private static final Duration WORKING = Duration.ofSeconds(1);

  private static final Duration IDLE = Duration.ofHours(1);

  private final Surroundings world;
  private final Machine machine;
  private final MachineLog log;
  private final TableFeed<Command> feed;
  private final ApplyRole role;
  private final Loop loop;

  ApplyInstance(Surroundings world, Machine machine, Chance chance) {
    this.world = world;
    this.machine = machine;
    this.log = new MachineLog(world.broker(), world.delays(), machine);
    this.feed = world.broker().commands().join(machine);
    var tenures = chance.of("tenures").sequence();
    this.role =
        new ApplyRole(
            new ApplyRole.Parts(
                log,
                feed,
                scope -> MachineCloud.of(world, machine, scope),
                new ClusterSecrets(this::api),
                new Readers(),
                machine,
                () -> Long.toHexString(tenures.nextLong()),
                Rates.published(),
                Limits.defaults(),
                machine.crashPoints()),
            machine);
    this.loop = new Loop(machine, world.delays(), machine.name(), Way.FETCH, this::turn);
  }

  private Optional<KubernetesApi> api(String cluster) {
    return world.sites().stream()
        .filter(site -> site.name().equals(cluster))
        .<KubernetesApi>map(site -> new MachineApi(world, machine, site))
        .findFirst();
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
      loop.stir();
    }
    return loop.run();
  }

  @Override
  public Instant next() {
    return loop.next();
  }

  @Override
  public void leave() {
    feed.close();
    machine.kill();
  }

  private Duration turn() throws LogFailed, InterruptedException {
    role.turn(Duration.ZERO);
    if (feed.hasNews()) {
      return Duration.ZERO;
    }
    return machine.tasks() > 1 || world.broker().away() ? WORKING : IDLE;
  }
}
