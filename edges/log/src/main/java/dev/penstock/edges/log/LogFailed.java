package dev.penstock.edges.log;

/** The log or the schema registry did not do what was asked; what to do depends on the fault. */
public final class LogFailed extends Exception {
  private static final long serialVersionUID = 1;

  /** What is at fault. */
  public enum Fault {
    /** No answer in time. Whether an append happened is not known. */
    UNREACHABLE,
    /** The record is larger than the log takes; it was not appended. */
    TOO_LARGE,
    /** The scope has no registration, so no partition. */
    UNKNOWN_SCOPE,
    /** Permission is missing; a person must act. */
    DENIED,
    /** A topic, setting or schema is not as it must be; the message names the remedy. */
    MISCONFIGURED,
    /** This process is stopping. */
    STOPPED
  }

  private final Fault fault;

  public LogFailed(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public LogFailed(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
