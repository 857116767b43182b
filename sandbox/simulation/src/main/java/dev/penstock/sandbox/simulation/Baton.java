package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.Crew;
import dev.penstock.edges.aws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The virtual clock, and who runs: one task at a time, handed over like a baton. A task that sleeps
 * gives the baton back until the clock has come to its time; the order is that of the wake-up
 * times, then that of asking.
 */
public final class Baton implements Crew, Timeline, InstantSource {
  private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>();
  private final Semaphore back = new Semaphore(0);
  private Instant now;
  private long asked;
  private @Nullable Sleeper running;
  private @Nullable Throwable defect;

  private final class Sleeper implements Comparable<Sleeper> {
    private final Semaphore turn = new Semaphore(0);
    private final Thread thread;
    private Instant wake = now;
    private long order = asked++;

    private Sleeper(String name, Task task) {
      thread = Thread.ofVirtual().name(name).unstarted(() -> run(task));
    }

    private void run(Task task) {
      try {
        task.run();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException | Error failed) {
        defect = failed;
      } finally {
        back.release();
      }
    }

    @Override
    public int compareTo(Sleeper other) {
      var byTime = wake.compareTo(other.wake);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  public Baton(Instant start) {
    this.now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void start(String name, Task task) {
    sleepers.add(new Sleeper(name, task));
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    var self = running;
    if (self == null) {
      now = now.plus(duration);
      return;
    }
    self.wake = now.plus(duration);
    self.order = asked++;
    sleepers.add(self);
    back.release();
    self.turn.acquire();
  }

  /** Runs every task whose time has come, until each sleeps or is done; false if there was none. */
  boolean runDue() throws InterruptedException {
    var ran = false;
    while (!sleepers.isEmpty() && !sleepers.peek().wake.isAfter(now)) {
      hand(sleepers.remove());
      ran = true;
    }
    return ran;
  }

  /** When a task wants the baton again. */
  Instant next() {
    return sleepers.isEmpty() ? Instant.MAX : sleepers.peek().wake;
  }

  /** The clock moves; never back. */
  void moveTo(Instant time) {
    if (time.isBefore(now)) {
      throw new IllegalArgumentException("the clock does not go back to " + time);
    }
    now = time;
  }

  private void hand(Sleeper sleeper) throws InterruptedException {
    running = sleeper;
    if (sleeper.thread.getState() == Thread.State.NEW) {
      sleeper.thread.start();
    } else {
      sleeper.turn.release();
    }
    back.acquire();
    running = null;
    if (defect != null) {
      throw new IllegalStateException("a task died of a defect", defect);
    }
  }
}
