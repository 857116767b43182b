package dev.penstock.cli.torture;

import dev.penstock.sandbox.aws.WorldSpec;
import dev.penstock.sandbox.aws.WorldSpec.AccountSpec;
import dev.penstock.sandbox.aws.WorldSpec.KeySpec;
import dev.penstock.sandbox.simulation.Fleet;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.run.Work;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Home;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;
import dev.penstock.schemas.settings.ScopeSettings;
import java.util.ArrayList;
import java.util.List;

/** The users of two clusters: what they have from the beginning, and what they do then. */
final class Users {
  /** How much faster than real clusters and AWS are. */
  static final double SPEED = 20;

  private static final int REPLICAS = 3;

  private final TortureWorld world;
  private final Work work;
  private final ScriptFleet fleet;
  private final List<Probe> probes = new ArrayList<>();

  Users(TortureWorld world, ScriptFleet fleet) {
    this.world = world;
    this.work = new Work(world, fleet);
    this.fleet = fleet;
    for (var cluster : fleet.numbers()) {
      probes.add(new Probe(world, work, cluster, fleet.apps()));
    }
  }

  /**
   * Two clusters with so many applications to work on, and one of the probe. Few addresses, so that
   * those of gone pods are soon used again.
   */
  static ScriptFleet clusters(int apps) {
    return new ScriptFleet(List.of(Home.WEST, Home.EAST), apps + 1, 27);
  }

  /** Two Regions of an account, and its names: three scopes; what our processes call is ours. */
  static Fleet world(ScriptFleet fleet) {
    var built = fleet.built();
    var key = new KeySpec(Torture.ACCESS_KEY, Sight.PRINCIPAL);
    var accounts =
        built.world().accounts().stream()
            .map(it -> new AccountSpec(it.id(), it.regions(), it.zones(), List.of(key)))
            .toList();
    var sites =
        built.sites().stream()
            .map(it -> new Fleet.Site(it.cluster().withSpeed(SPEED), it.home(), it.vpc(), it.dns()))
            .toList();
    return new Fleet(new WorldSpec(accounts), sites, ScopeSettings.demo());
  }

  List<Probe> probes() {
    return probes;
  }

  /** Every application is deployed and published. */
  void deploy() {
    world.still(() -> {
      for (var cluster : fleet.numbers()) {
        for (int app = 1; app <= fleet.apps(); app++) {
          work.perform(new AppDeed.Deploy(cluster, app, REPLICAS, false));
          work.perform(new RouteDeed.Publish(cluster, app, Route.of(Schedule.host(cluster, app))));
        }
      }
    });
  }

  /** Pods of applications that remain published wait until AWS finds them healthy. */
  void gate() {
    world.still(() -> {
      for (var cluster : fleet.numbers()) {
        for (int app = 1; app < fleet.apps() - 1; app++) {
          work.perform(new AppDeed.Gate(cluster, app));
        }
      }
    });
  }

  void work(Round round) {
    world.still(() -> {
      round.apps().forEach(work::perform);
      round.routes().forEach(work::perform);
    });
  }
}
