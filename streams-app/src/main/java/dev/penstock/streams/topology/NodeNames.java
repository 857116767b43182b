package dev.penstock.streams.topology;

/** The names of the topology's nodes; every one is given by hand. */
final class NodeNames {
  static final String SOURCE = "events";
  static final String DECODE = "decode";
  static final String RECONCILE = "reconcile";
  static final String COMMANDS = "to-commands";
  static final String KUBERNETES_COMMANDS = "to-kubernetes-commands";
  static final String AUDIT = "to-audit";
  static final String CHANGES = "to-changes";
  static final String EVENTS = "to-events";
  static final String REGISTRY = "to-registry";
  static final String CHECKPOINTS = "to-checkpoints";
  static final String DEAD_LETTERS = "to-dead-letters";

  private NodeNames() {}
}
