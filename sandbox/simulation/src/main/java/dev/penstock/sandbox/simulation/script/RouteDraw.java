package dev.penstock.sandbox.simulation.script;

import dev.penstock.sandbox.simulation.script.RouteDeed.Bind;
import dev.penstock.sandbox.simulation.script.RouteDeed.DeleteMirrors;
import dev.penstock.sandbox.simulation.script.RouteDeed.EditWhileDeleting;
import dev.penstock.sandbox.simulation.script.RouteDeed.Mend;
import dev.penstock.sandbox.simulation.script.RouteDeed.Publish;
import dev.penstock.sandbox.simulation.script.RouteDeed.Reclass;
import dev.penstock.sandbox.simulation.script.RouteDeed.Regroup;
import dev.penstock.sandbox.simulation.script.RouteDeed.Rehost;
import dev.penstock.sandbox.simulation.script.RouteDeed.Rescheme;
import dev.penstock.sandbox.simulation.script.RouteDeed.Spoil;
import dev.penstock.sandbox.simulation.script.RouteDeed.Touch;
import dev.penstock.sandbox.simulation.script.RouteDeed.Tune;
import dev.penstock.sandbox.simulation.script.RouteDeed.Unbind;
import dev.penstock.sandbox.simulation.script.RouteDeed.Unpublish;
import java.util.List;

/** Draws what becomes of Ingresses. */
final class RouteDraw {
  private static final int ORDERS = 9;
  private static final int VARIANTS = 4;

  private final Dice dice;
  private final ScriptFleet fleet;
  private final Scenario scenario;

  RouteDraw(Dice dice, ScriptFleet fleet, Scenario scenario) {
    this.dice = dice;
    this.fleet = fleet;
    this.scenario = scenario;
  }

  /** What an Ingress says. */
  Route route() {
    var group = group();
    return new Route(
        group,
        group == 0 ? 0 : dice.upTo(ORDERS),
        host(),
        dice.one("/", "/", "/api"),
        dice.percent(15),
        dice.percent(40),
        dice.percent(10));
  }

  List<Deed> deeds(int cluster, int app) {
    return dice.deeds(
        () -> List.of(new Publish(cluster, app, route())),
        () -> List.of(new Publish(cluster, app, route()), new Unpublish(cluster, app)),
        () -> List.of(new Unpublish(cluster, app), new Publish(cluster, app, route())),
        () -> regroup(cluster, app),
        () -> regroup(cluster, app),
        () -> List.of(new Rescheme(cluster, app, true), new Rescheme(cluster, app, false)),
        () -> List.of(new Reclass(cluster, app, "other"), new Reclass(cluster, app, "alb")),
        () -> List.of(new Rehost(cluster, app, host())),
        () -> moveHost(cluster, app),
        () -> List.of(new Spoil(cluster, app, mistake()), new Mend(cluster, app)),
        () -> List.of(new Spoil(cluster, app, mistake()), new Mend(cluster, app)),
        () -> List.of(new Tune(cluster, app, dice.upTo(VARIANTS)), new Tune(cluster, app, 0)),
        () -> List.of(new Touch(cluster, app, dice.upTo(9))),
        () -> List.of(new EditWhileDeleting(cluster, app), new Publish(cluster, app, route())),
        () -> List.of(new Bind(cluster, app, dice.upTo(2)), new Unbind(cluster, app)),
        () -> List.of(new DeleteMirrors(cluster, app)));
  }

  /** Another cluster asks for the name, and the one that may have it lets go. */
  private List<Deed> moveHost(int cluster, int app) {
    var host = host();
    var other = dice.one(fleet.numbers());
    return List.of(new Rehost(other, dice.upTo(fleet.apps()), host), new Unpublish(cluster, app));
  }

  private List<Deed> regroup(int cluster, int app) {
    return List.of(
        new Regroup(cluster, app, group(), dice.upTo(ORDERS)),
        new Regroup(cluster, app, group(), dice.upTo(ORDERS)));
  }

  private Mistake mistake() {
    return dice.one(Mistake.values());
  }

  private int group() {
    return scenario.groups() > 0 && dice.percent(60) ? dice.upTo(scenario.groups()) : 0;
  }

  private int host() {
    return dice.upTo(scenario.hosts());
  }
}
