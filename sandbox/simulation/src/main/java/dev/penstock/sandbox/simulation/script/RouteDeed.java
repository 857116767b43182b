package dev.penstock.sandbox.simulation.script;

/** What becomes of an application's Ingress, and of bindings. */
public sealed interface RouteDeed extends Deed {
  /** Applies the Ingress as a whole; one that exists becomes this. */
  record Publish(int cluster, int app, Route route) implements RouteDeed {}

  record Unpublish(int cluster, int app) implements RouteDeed {}

  /** Another IngressGroup and order; group 0 is none. */
  record Regroup(int cluster, int app, int group, int order) implements RouteDeed {}

  record Rescheme(int cluster, int app, boolean internal) implements RouteDeed {}

  /** {@code alb} is ours. */
  record Reclass(int cluster, int app, String ingressClass) implements RouteDeed {}

  record Rehost(int cluster, int app, int host) implements RouteDeed {}

  /** The Ingress is edited so that it cannot be served as it stands. */
  record Spoil(int cluster, int app, Mistake mistake) implements RouteDeed {}

  /** Takes the mistake back. */
  record Mend(int cluster, int app) implements RouteDeed {}

  /** Tags and attributes of the load balancer. */
  record Tune(int cluster, int app, int variant) implements RouteDeed {}

  /** A label that means nothing. */
  record Touch(int cluster, int app, int value) implements RouteDeed {}

  /** Deleted, and edited while its finalizer still holds it. */
  record EditWhileDeleting(int cluster, int app) implements RouteDeed {}

  /** A TargetGroupBinding onto a target group that a person made. */
  record Bind(int cluster, int app, int group) implements RouteDeed {}

  record Unbind(int cluster, int app) implements RouteDeed {}

  /** Somebody deletes the TargetGroupBindings that mirror our target groups. */
  record DeleteMirrors(int cluster, int app) implements RouteDeed {}
}
