package dev.penstock.sandbox.simulation.script;

/** What becomes of an application: its Deployment, its Service and its pods. */
public sealed interface AppDeed extends Deed {
  /** Applies the Deployment and the Service; makes the namespace if it is missing. */
  record Deploy(int cluster, int app, int replicas, boolean nodePort) implements AppDeed {}

  record Scale(int cluster, int app, int replicas) implements AppDeed {}

  /** A rolling update to another image. */
  record Roll(int cluster, int app, int revision) implements AppDeed {}

  /**
   * Each new pod of the application's namespace waits until its load balancers find it healthy. The
   * application's first gate rolls its pods, a later one changes nothing.
   */
  record Gate(int cluster, int app) implements AppDeed {}

  record DeletePod(int cluster, int app, int pod) implements AppDeed {}

  /** The kubelet lost it: removed without grace, its address is free at once. */
  record KillPod(int cluster, int app, int pod) implements AppDeed {}

  /** The application answers 503. */
  record Sicken(int cluster, int app, int pod) implements AppDeed {}

  /** Every pod of the application answers again. */
  record Heal(int cluster, int app) implements AppDeed {}

  /** A pod that is deleted and does not end. */
  record Stick(int cluster, int app, int pod) implements AppDeed {}

  record DeleteService(int cluster, int app) implements AppDeed {}

  /** Ingress, Service and Deployment, as by {@code kubectl delete -f}. */
  record Remove(int cluster, int app) implements AppDeed {}

  record DeleteNamespace(int cluster, String namespace) implements AppDeed {}
}
