package dev.penstock.sandbox.simulation.script;

/** What becomes of a node. */
public sealed interface NodeDeed extends Deed {
  /** The Node object goes, and its pods with it. */
  record NodeLeaves(int cluster, int node) implements NodeDeed {}

  /** Nodes that left are there again. */
  record NodesReturn(int cluster) implements NodeDeed {}

  /** Kubelet and pods fall silent. */
  record NodeFails(int cluster, int node) implements NodeDeed {}

  record NodesRecover(int cluster) implements NodeDeed {}

  /** The cluster autoscaler is about to remove it. */
  record NodeTainted(int cluster, int node) implements NodeDeed {}

  record NodesUntainted(int cluster) implements NodeDeed {}
}
