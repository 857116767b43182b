package dev.penstock.appliers;

import dev.penstock.schemas.command.Command;
import java.time.Instant;

/** What an execution must know of its applier before each call. */
interface Standing {
  /** Whether the scope was taken away or the process stops. */
  boolean stopped();

  /** The last poll that proved that the scope is ours. */
  Instant lastPoll();

  /** Whether the command is still the open one of its key. */
  boolean current(Command command);
}
