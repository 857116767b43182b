package dev.penstock.sandbox.simulation.script;

/**
 * Another controller of load balancers that runs beside ours in the same VPC, with a cluster name
 * of its own that looks like ours. It renews its Lease and keeps to what it made.
 */
public sealed interface RivalDeed extends Deed {
  int cluster();

  /** Makes a load balancer, a target group and security groups, and opens the nodes' group. */
  record RivalArrives(int cluster) implements RivalDeed {}

  /** Registers a pod of the application in its own target group. */
  record RivalRegisters(int cluster, int app) implements RivalDeed {}

  /** Opens another port of the nodes' group to its load balancers. */
  record RivalOpensPort(int cluster, int port) implements RivalDeed {}

  /** Takes away all that it made. */
  record RivalLeaves(int cluster) implements RivalDeed {}
}
