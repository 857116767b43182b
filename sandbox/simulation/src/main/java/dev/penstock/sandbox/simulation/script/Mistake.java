package dev.penstock.sandbox.simulation.script;

/** What can be wrong with an Ingress. */
public enum Mistake {
  /** A value that no rule of the annotation allows. */
  ANNOTATION,
  /** An annotation that is not JSON where JSON is asked for. */
  JSON,
  /** A word that is no target type. */
  TARGET_TYPE,
  /** A certificate that does not exist. */
  CERTIFICATE,
  /** A Service that does not exist. */
  SERVICE,
  /** A port that the Service does not have. */
  PORT
}
