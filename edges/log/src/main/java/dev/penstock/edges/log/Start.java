package dev.penstock.edges.log;

import java.time.Instant;

/** Where reading a topic begins. */
public sealed interface Start {
  /** The oldest record that is kept. */
  record Beginning() implements Start {}

  /** The position, or the first kept one after it; only for a single partition. */
  record At(long position) implements Start {}

  /** The first record that was appended at the time or later. */
  record Since(Instant time) implements Start {}

  /** What comes after now. */
  record Now() implements Start {}
}
