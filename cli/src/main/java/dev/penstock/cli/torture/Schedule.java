package dev.penstock.cli.torture;

import dev.penstock.cli.roles.Installation.Role;
import dev.penstock.cli.torture.Trouble.Comeback;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.Route;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rounds without end; the same seed gives the same ones. Two of three kill a process at a random
 * point of a rolling update, each role in turn. Second instances of stream and apply run in every
 * other era. No round freezes a role that it kills.
 */
final class Schedule {
  private static final int CLUSTERS = 2;
  private static final int ERA = 6;
  private static final long ROLLOUT_MILLIS = 9_000;
  private static final long LONGEST_MILLIS = 12_000;

  private final SplittableRandom random;
  private final int apps;
  private int number;
  private int kills;

  /** Work on so many applications in each cluster. */
  Schedule(long seed, int apps) {
    this.random = new SplittableRandom(seed);
    this.apps = apps;
  }

  Round next() {
    number++;
    var paired = (number - 1) / ERA % 2 == 1;
    return number % 3 == 0 ? anything(paired) : rollout(paired);
  }

  /** Of two instances the one is killed that serves the first Region: its cluster is updated. */
  private Round rollout(boolean paired) {
    var drawn = cluster();
    var roll = new AppDeed.Roll(paired ? 1 : drawn, app(), number + 1);
    var after = Duration.ofMillis(random.nextLong(ROLLOUT_MILLIS));
    var victim = Role.WHOLE.get(kills++ % Role.WHOLE.size());
    return new Round(
        number,
        paired,
        true,
        List.of(roll),
        List.of(),
        after,
        List.of(kill(List.of(victim), paired)));
  }

  private Round anything(boolean paired) {
    var deeds = new ArrayList<AppDeed>();
    deeds.add(appDeed());
    if (percent(50)) {
      deeds.add(appDeed());
    }
    var routes = new ArrayList<RouteDeed>();
    if (percent(50)) {
      routes.add(routeDeed());
    }
    var troubles = new ArrayList<Trouble>();
    troubles.add(trouble(paired));
    if (percent(40)) {
      var second = trouble(paired);
      var first = troubles.getFirst();
      if (!second.kind().equals(first.kind()) && !second.hinders(first) && !first.hinders(second)) {
        troubles.add(second);
      }
    }
    var after = Duration.ofMillis(random.nextLong(2_000));
    return new Round(number, paired, false, deeds, routes, after, troubles);
  }

  private Trouble trouble(boolean paired) {
    var seat = one(Seat.all(paired));
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> new Trouble.Freeze(seat, lasts());
      case 3, 4, 5 -> new Trouble.Cut(one(seat.links()), lasts());
      case 6, 7 -> new Trouble.Stall(one(seat.links()), lasts());
      case 8 -> new Trouble.RestartBroker(Duration.ofMillis(random.nextLong(4_000)));
      default ->
          paired || percent(50)
              ? kill(List.of(Role.STREAM, Role.APPLY), paired)
              : kill(List.of(seat.role()), false);
    };
  }

  /** There is one watcher: it comes back itself. */
  private static Trouble kill(List<Role> roles, boolean paired) {
    var other = paired && !roles.contains(Role.WATCH);
    return new Trouble.Kill(roles, other ? Comeback.ANOTHER : Comeback.AGAIN);
  }

  private AppDeed appDeed() {
    return switch (random.nextInt(5)) {
      case 0 -> new AppDeed.Scale(cluster(), app(), 1 + random.nextInt(4));
      case 1 -> new AppDeed.DeletePod(cluster(), app(), random.nextInt(4));
      case 2 -> new AppDeed.KillPod(cluster(), app(), random.nextInt(4));
      default -> new AppDeed.Roll(cluster(), app(), number + 1);
    };
  }

  private RouteDeed routeDeed() {
    return switch (random.nextInt(4)) {
      case 0 -> new RouteDeed.Unpublish(cluster(), apps);
      case 1 -> {
        var cluster = cluster();
        yield new RouteDeed.Publish(cluster, apps, Route.of(host(cluster, apps)));
      }
      default -> new RouteDeed.Tune(cluster(), app(), random.nextInt(3));
    };
  }

  /** A host name of each application's own. */
  static int host(int cluster, int app) {
    return cluster * 10 + app;
  }

  private Duration lasts() {
    return Duration.ofMillis(500 + random.nextLong(LONGEST_MILLIS));
  }

  private int cluster() {
    return 1 + random.nextInt(CLUSTERS);
  }

  private int app() {
    return 1 + random.nextInt(apps);
  }

  private boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }
}
