package dev.penstock.edges.aws;

/** A command must not go on, for a reason that is not AWS's. */
public final class Halted extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public Halted(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /** {@link Reason#UNLOGGED}, and why the log did not take it. */
  public static Halted unlogged(Exception cause) {
    return new Halted(cause);
  }

  private Halted(Exception cause) {
    super(cause.getMessage(), cause, false, false);
    this.reason = Reason.UNLOGGED;
  }

  public Reason reason() {
    return reason;
  }

  /** Why. */
  public enum Reason {
    /** A newer command of the same key exists, or this one was answered. */
    SUPERSEDED,
    /** The command is older than it may be when a call of it starts. */
    STALE,
    /** For too long no poll has proven that the scope is ours. */
    UNPROVEN,
    /** The log did not take the announcement: without it no write may be tried (I8). */
    UNLOGGED,
    /** The scope is no longer ours, or the process stops: nothing more may be said or done. */
    STOPPED
  }
}
