package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.machines.Layout;
import dev.penstock.sandbox.simulation.script.AppDeed.Deploy;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws a script: a fleet, its applications, and then deeds at times, some close together and some
 * far apart. Each family has its own rate in each seed, some have none; what goes wrong mostly goes
 * wrong while there is work.
 */
final class Draw {
  private static final int FEWEST = 2;
  private static final int MOST = 7;

  /** While a trouble lasts, somebody usually wants something. */
  private static final Duration SOON = Duration.ofSeconds(4);

  private static final List<Duration> GAPS =
      List.of(
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(8),
          Duration.ofSeconds(45),
          Duration.ofMinutes(3),
          Duration.ofMinutes(12));

  /** The longest is longer than anything stands still or is away. */
  private static final List<Duration> TAILS =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(3),
          Duration.ofSeconds(45),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(80));

  private final long seed;
  private final Wishes wishes;
  private final Dice dice;
  private final ScriptFleet fleet;
  private final List<Happening> happenings = new ArrayList<>();
  private final Map<Family, Integer> rates = new TreeMap<>();

  Draw(long seed, Wishes wishes) {
    this.seed = seed;
    this.wishes = wishes;
    this.dice = new Dice(seed);
    this.fleet = fleet();
  }

  Script script() {
    for (var family : Family.values()) {
      var rate = wishes.weight(family) * dice.one(0, 1, 1, 2);
      rates.put(family, rate);
    }
    if (rates.values().stream().allMatch(rate -> rate == 0)) {
      rates.put(Family.APPS, 1);
    }
    found();
    work();
    return new Script(seed, fleet, Layout.drawn(seed), dice.one(TAILS), happenings);
  }

  private ScriptFleet fleet() {
    var homes = new ArrayList<Home>();
    homes.add(Home.WEST);
    var more =
        wishes.scenario() == Scenario.NAMES ? dice.between(1, 2) : dice.one(0, 0, 0, 1, 1, 2);
    for (int i = 0; i < more; i++) {
      homes.add(dice.one(Home.WEST, Home.WEST, Home.EAST, Home.ELSEWHERE));
    }
    return new ScriptFleet(
        homes, homes.size() > 1 ? dice.one(1, 1, 2) : dice.one(1, 2, 3), dice.one(21, 27, 28));
  }

  /** What there is from the beginning. */
  private void found() {
    var routes = new RouteDraw(dice, fleet, wishes.scenario());
    for (var cluster : fleet.numbers()) {
      for (int app = 1; app <= fleet.apps(); app++) {
        var at = dice.within(Duration.ofSeconds(40));
        add(at, new Deploy(cluster, app, dice.upTo(3), dice.percent(15)));
        if (dice.percent(90)) {
          add(
              at.plus(dice.within(Duration.ofSeconds(20))),
              new Publish(cluster, app, routes.route()));
        }
      }
    }
  }

  private void work() {
    var makers = new Makers(dice, fleet, wishes.scenario());
    var at = Duration.ofSeconds(dice.one(5, 30, 240));
    var count = dice.between(FEWEST, MOST);
    for (int i = 0; i < count; i++) {
      at = at.plus(dice.within(dice.one(GAPS)));
      var family = dice.weighted(rates);
      add(at, makers.of(family));
      if (!family.isWork() && dice.percent(70)) {
        add(at.plus(dice.within(SOON)), makers.of(dice.one(Family.APPS, Family.ROUTES)));
      }
    }
  }

  /** A deed, and perhaps later what undoes it. */
  private void add(Duration at, List<Deed> deeds) {
    add(at, deeds.getFirst());
    if (deeds.size() > 1 && dice.percent(75)) {
      add(at.plus(dice.within(dice.one(GAPS))), deeds.getLast());
    }
  }

  private void add(Duration at, Deed deed) {
    happenings.add(new Happening(at, deed));
  }
}
