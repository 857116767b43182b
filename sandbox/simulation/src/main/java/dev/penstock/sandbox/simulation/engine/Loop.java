package dev.penstock.sandbox.simulation.engine;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.simulation.engine.Delays.Way;
import java.time.Duration;
import java.time.Instant;

/**
 * A loop of a machine. It works, as a task, when its time has come or when it was stirred, and is
 * never in two tasks at once.
 */
public final class Loop {
  /** Works for a moment; answers how long it may rest if nothing stirs it. */
  @FunctionalInterface
  public interface Work {
    Duration step() throws LogFailed, InterruptedException;
  }

  private final Machine machine;
  private final Delays delays;
  private final String name;
  private final Way way;
  private final Work work;
  private Instant wake = Instant.MIN;
  private boolean stirred;
  private boolean busy;
  private boolean ended;

  /** {@code way}: what keeps it from hearing at once that it is stirred. */
  public Loop(Machine machine, Delays delays, String name, Way way, Work work) {
    this.machine = machine;
    this.delays = delays;
    this.name = name;
    this.way = way;
    this.work = work;
  }

  /** Something came up since it began to work last. */
  public void stir() {
    if (!stirred && !busy) {
      stirred = true;
      var heard = machine.now().plus(delays.of(way, name));
      wake = heard.isBefore(wake) ? heard : wake;
    }
  }

  /** Begins to work if it is time; false if it is not. */
  public boolean run() {
    if (busy || ended || !machine.running() || wake.isAfter(machine.now())) {
      return false;
    }
    busy = true;
    stirred = false;
    machine.start(name, this::work);
    return true;
  }

  /** When it is to work if nothing stirs it. */
  public Instant next() {
    return busy || ended || !machine.running() ? Instant.MAX : wake;
  }

  /** Never works again, but ends what it has begun. */
  public void end() {
    ended = true;
  }

  /** Whether it is in the middle of a piece of work. */
  public boolean busy() {
    return busy;
  }

  private void work() throws InterruptedException {
    var rest = Duration.ZERO;
    try {
      while (rest.isZero() && !ended) {
        rest = work.step();
      }
    } catch (LogFailed failed) {
      // What the process says of it is its end; its supervisor starts it again.
      machine.kill();
    } finally {
      wake = machine.now().plus(rest);
      busy = false;
    }
  }
}
