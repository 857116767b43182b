package dev.penstock.sandbox.simulation.engine;

import dev.penstock.appliers.Crew;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The virtual clock, the one queue of events, and who runs: one task at a time, handed over like a
 * baton. A task that sleeps gives the baton back until the clock has come to its time; the order is
 * that of the wake-up times, then that of asking.
 */
public final class Baton implements InstantSource {
  private static final int MOST_AT_ONCE = 1_000_000;

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Semaphore back = new Semaphore(0);
  private Instant now;
  private long asked;
  private @Nullable Runner running;
  private @Nullable Throwable defect;

  /** Something that happens at a time: a deed of the engine, or a task that goes on. */
  private record Due(Instant at, long order, Runnable deed, @Nullable Runner runner)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      var byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    private boolean of(Machine machine) {
      return runner != null && runner.machine == machine;
    }
  }

  /** A task of a machine. */
  private final class Runner {
    private final Machine machine;
    private final Semaphore turn = new Semaphore(0);
    private final Thread thread;

    /** Its time came while the machine stood still. */
    private boolean late;

    private Runner(String name, Machine machine, Crew.Task task) {
      this.machine = machine;
      this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(task));
    }

    private void run(Crew.Task task) {
      try {
        task.run();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Killed _) {
        // Nobody is left to care.
      } catch (RuntimeException | Error failed) {
        defect = failed;
      } finally {
        back.release();
      }
    }
  }

  public Baton(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Something that happens at this time, or now if it is over. */
  public void at(Instant time, Runnable deed) {
    queue.add(new Due(time, asked++, deed, null));
  }

  /** Does all that is due, until each task sleeps or is done; false if there was nothing. */
  public boolean runDue() throws InterruptedException {
    var ran = 0;
    for (; !queue.isEmpty() && !queue.peek().at().isAfter(now); ran++) {
      var due = queue.remove();
      if (due.runner() == null) {
        due.deed().run();
      } else {
        hand(due.runner());
      }
      if (ran > MOST_AT_ONCE) {
        throw new IllegalStateException("a task never sleeps at " + now);
      }
    }
    return ran > 0;
  }

  /** When something is due. */
  public Instant next() {
    return queue.isEmpty() ? Instant.MAX : queue.peek().at();
  }

  /** The clock moves; never back. */
  public void moveTo(Instant time) {
    if (time.isBefore(now)) {
      throw new IllegalArgumentException("the clock does not go back to " + time);
    }
    now = time;
  }

  void start(Machine machine, String name, Crew.Task task) {
    add(now, new Runner(name, machine, task));
  }

  /** Lets the task that asks sleep. */
  void sleep(Duration duration) throws InterruptedException {
    var self = running;
    if (self == null) {
      throw new IllegalStateException("only a task may sleep");
    }
    add(now.plus(duration), self);
    giveBack(self);
  }

  /** Lets the task that asks wait until its machine goes on. */
  void wait(Machine machine) throws InterruptedException {
    var self = running;
    while (self != null && machine.standing()) {
      self.late = true;
      add(machine.goesOn(), self);
      giveBack(self);
    }
  }

  private void giveBack(Runner self) throws InterruptedException {
    back.release();
    self.turn.acquire();
    self.machine.alive();
  }

  /** The machine died or goes on: its tasks do not wait for that any longer. */
  void rouse(Machine machine) {
    var roused = new ArrayList<Runner>();
    queue.removeIf(due -> {
      var mine = due.of(machine);
      if (mine && due.runner() != null && (machine.dead() || due.runner().late)) {
        roused.add(due.runner());
        return true;
      }
      return false;
    });
    roused.forEach(runner -> add(now, runner));
  }

  private void add(Instant time, Runner runner) {
    queue.add(new Due(time, asked++, () -> {}, runner));
  }

  private void hand(Runner runner) throws InterruptedException {
    var fresh = runner.thread.getState() == Thread.State.NEW;
    if (runner.machine.dead() && fresh) {
      return;
    }
    runner.late = runner.machine.standing();
    if (runner.late) {
      add(runner.machine.goesOn(), runner);
      return;
    }
    running = runner;
    if (fresh) {
      runner.thread.start();
    } else {
      runner.turn.release();
    }
    back.acquire();
    running = null;
    if (defect != null) {
      throw new IllegalStateException("a task died of a defect at " + now, defect);
    }
  }
}
