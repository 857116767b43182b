package dev.penstock.sandbox.simulation.script;

/** What an operator says to Penstock. */
public sealed interface OperatorDeed extends Deed {
  /** One setting, in every scope. */
  record ChangeSetting(Setting setting) implements OperatorDeed {}

  /** Releases all that is held. */
  record ApproveAll() implements OperatorDeed {}

  record PauseCluster(int cluster, boolean all) implements OperatorDeed {}

  /** Pauses a stack that there is. */
  record PauseStack(int cluster, int which, boolean all) implements OperatorDeed {}

  record PauseName(int host) implements OperatorDeed {}

  /** Ends every pause. */
  record ResumeAll() implements OperatorDeed {}

  record Shadow(int cluster) implements OperatorDeed {}

  record Manage(int cluster) implements OperatorDeed {}

  /** What was last good of an invalid Ingress shall go. */
  record DropMember(int cluster, int app) implements OperatorDeed {}

  /** The cluster that stands at the address is the right one. */
  record Rebind(int cluster) implements OperatorDeed {}

  record Checkpoint() implements OperatorDeed {}
}
