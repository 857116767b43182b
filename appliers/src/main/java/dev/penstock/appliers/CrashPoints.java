package dev.penstock.appliers;

/**
 * The places where a process may die with a difference. Production does nothing at them; the
 * simulation and the kill tests do.
 */
@FunctionalInterface
public interface CrashPoints {
  /** Where an execution stands. */
  enum Point {
    /** The scope is ours and ApplyStarted is in the log; no command was read. */
    STARTED,
    /** Attempted is in the log, the call was not made. */
    ATTEMPTED,
    /** AWS answered, or did not; no outcome is in the log. */
    EFFECTED,
    /** The outcome is in the log; the command is still open in the table. */
    SETTLED
  }

  void at(Point point);

  static CrashPoints none() {
    return _ -> {};
  }
}
