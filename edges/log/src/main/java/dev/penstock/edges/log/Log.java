package dev.penstock.edges.log;

import dev.penstock.schemas.event.Event;
import java.util.List;

/**
 * Appends to penstock.events. What returns is kept: acknowledged by all in-sync replicas, in the
 * scope's one order. Safe for use by many threads.
 */
public interface Log {
  /** Appends one record and waits until it is kept. */
  Appended append(Event event) throws LogFailed;

  /**
   * Appends many records, in their order inside each scope, and waits until all are kept. After a
   * failure any of them may be in the log.
   */
  List<Appended> appendAll(List<Event> events) throws LogFailed;
}
