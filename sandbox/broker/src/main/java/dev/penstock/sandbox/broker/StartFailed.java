package dev.penstock.sandbox.broker;

/** Why an embedded part did not start, in words for the person who started it. */
public final class StartFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** What is in the way. */
  public enum Fault {
    DIRECTORY_IN_USE,
    DIRECTORY_UNUSABLE,
    PORT_IN_USE,
    BROKEN
  }

  private final Fault fault;

  StartFailed(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  StartFailed(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
