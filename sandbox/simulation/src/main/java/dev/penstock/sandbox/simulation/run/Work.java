package dev.penstock.sandbox.simulation.run;

import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.simulation.Sight;
import dev.penstock.sandbox.simulation.script.AppDeed;
import dev.penstock.sandbox.simulation.script.RouteDeed;
import dev.penstock.sandbox.simulation.script.ScriptFleet;

/** Does the work of a script's users in any world; what a cluster refuses has no effect. */
public final class Work {
  private final AppHand apps;
  private final RouteHand routes;

  private record Place(Sight sight, ScriptFleet fleet) implements Ground {}

  /** Work in the clusters of that fleet, which the world must hold. */
  public Work(Sight sight, ScriptFleet fleet) {
    var place = new Place(sight, fleet);
    this.apps = new AppHand(place);
    this.routes = new RouteHand(place);
  }

  /** What becomes of an application. */
  public void perform(AppDeed deed) {
    try {
      apps.perform(deed);
    } catch (Refusal _) {
      // A person reads the refusal and goes on.
    }
  }

  /** What becomes of an Ingress or a binding. */
  public void perform(RouteDeed deed) {
    try {
      routes.perform(deed);
    } catch (Refusal _) {
      // A person reads the refusal and goes on.
    }
  }
}
