package dev.penstock.sandbox.simulation.engine;

import dev.penstock.appliers.CrashPoints;

/** A place in what a machine does at which trouble makes a difference. */
public enum Point {
  /** An applier: ApplyStarted is in the log; no command was read. */
  STARTED,
  /** An applier: Attempted is in the log, the call was not made. */
  ATTEMPTED,
  /** An applier: AWS or the cluster answered, or did not; no outcome is in the log. */
  EFFECTED,
  /** An applier: the outcome is in the log; the command is still open in the table. */
  SETTLED,
  /** A stream: a record was read; nothing follows from it yet. */
  TAKEN,
  /** A stream: all that follows was sent; the transaction is open. */
  SENT,
  /** A stream: the transaction is committed; the stream has not gone on. */
  COMMITTED,
  /** Anybody: some of what was to be appended is in the log; nothing is acknowledged. */
  APPENDED;

  static Point of(CrashPoints.Point point) {
    return switch (point) {
      case STARTED -> STARTED;
      case ATTEMPTED -> ATTEMPTED;
      case EFFECTED -> EFFECTED;
      case SETTLED -> SETTLED;
    };
  }
}
