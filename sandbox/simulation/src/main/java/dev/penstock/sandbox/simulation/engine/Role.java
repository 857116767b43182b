package dev.penstock.sandbox.simulation.engine;

/** What a machine does. */
public enum Role {
  STREAM,
  APPLY,
  WATCH,
  /** The Kubernetes applier. */
  OBJECTS
}
