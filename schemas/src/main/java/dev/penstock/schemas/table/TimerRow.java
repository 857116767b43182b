package dev.penstock.schemas.table;

import java.time.Instant;

/** Somebody waits: at {@code due} the subject is looked at again. */
public record TimerRow(Instant due, TimerKind kind, String subject) implements Row {
  public enum TimerKind {
    /** A deferred or rejected command may be tried again. */
    RETRY,
    /** A resource or target group shall be observed. */
    OBSERVE,
    /** A stack, target group or name shall be decided again because a wait of its ends. */
    DECIDE,
    /** The slow rotation. */
    SWEEP,
    /** A checkpoint shall be written. */
    CHECKPOINT
  }
}
