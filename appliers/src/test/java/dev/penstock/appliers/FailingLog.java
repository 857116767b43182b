package dev.penstock.appliers;

import dev.penstock.edges.log.Appended;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.event.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that fails as often as the test says, and otherwise does what the one behind it does. */
public final class FailingLog implements Log {
  /** Until the test says otherwise. */
  public static final int ALWAYS = Integer.MAX_VALUE;

  private final Log log;
  private volatile LogFailed.Fault fault = LogFailed.Fault.UNREACHABLE;
  private final AtomicInteger times = new AtomicInteger();

  public FailingLog(Log log) {
    this.log = log;
  }

  public void fail(LogFailed.Fault with, int howOften) {
    fault = with;
    times.set(howOften);
  }

  @Override
  public Appended append(Event event) throws LogFailed {
    return appendAll(List.of(event)).getFirst();
  }

  @Override
  public List<Appended> appendAll(List<Event> events) throws LogFailed {
    if (times.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new LogFailed(fault, "the log's own words");
    }
    return log.appendAll(events);
  }
}
