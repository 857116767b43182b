package dev.penstock.appliers;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.event.Event;
import java.util.List;

/** A log that fails as often as the test says, and otherwise does what the one behind it does. */
final class FailingLog implements Log {
  /** Until the test says otherwise. */
  static final int ALWAYS = Integer.MAX_VALUE;

  private final Log log;
  private LogFailed.Fault fault = LogFailed.Fault.UNREACHABLE;
  private int times;

  FailingLog(Log log) {
    this.log = log;
  }

  void fail(LogFailed.Fault with, int howOften) {
    fault = with;
    times = howOften;
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    return appendAll(List.of(event)).getFirst();
  }

  @Override
  public List<Appended> appendAll(List<Event> events) throws LogFailed {
    if (times > 0) {
      times--;
      throw new LogFailed(fault, "the log's own words");
    }
    return log.appendAll(events);
  }
}
