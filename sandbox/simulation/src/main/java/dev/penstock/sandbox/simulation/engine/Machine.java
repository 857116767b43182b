package dev.penstock.sandbox.simulation.engine;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.Crew;
import dev.penstock.edges.aws.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * One run of one process: it lives, stands still for a while, or is dead. What is dead has no
 * effect any more: each of its ports asks {@link #alive} first, and its tasks unwind.
 */
public final class Machine implements Crew, Timeline {
  private final Role role;
  private final String name;
  private final Baton baton;
  private final Map<Point, Deque<Runnable>> troubles = new EnumMap<>(Point.class);
  private Instant stoodFrom = Instant.MIN;
  private Instant stoodTo = Instant.MIN;
  private boolean dead;
  private int tasks;

  public Machine(Role role, String name, Baton baton) {
    this.role = role;
    this.name = name;
    this.baton = baton;
  }

  public Role role() {
    return role;
  }

  /** What the next run of the same process is called, too. */
  public String name() {
    return name;
  }

  /** It neither is dead nor stands still. */
  public boolean running() {
    return !dead && !standing();
  }

  public boolean dead() {
    return dead;
  }

  boolean standing() {
    return !dead && stoodTo.isAfter(baton.instant());
  }

  /** From when on it stood still last, or is dead. */
  public Instant stoodFrom() {
    return stoodFrom;
  }

  /** When it goes on, or went on last; never if it is dead. */
  public Instant goesOn() {
    return dead ? Instant.MAX : stoodTo;
  }

  /** How many tasks run or sleep. */
  public int tasks() {
    return tasks;
  }

  /** To be asked by each port before it does anything for this machine. */
  public void alive() {
    if (dead) {
      throw new Killed(name);
    }
  }

  /** kill -9: its tasks end where they are. */
  public void kill() {
    if (!dead) {
      stoodFrom = standing() ? stoodFrom : baton.instant();
      dead = true;
      baton.rouse(this);
    }
  }

  /** Nothing of it moves for so long; what comes in meanwhile waits. */
  public void stand(Duration lasting) {
    stoodFrom = standing() ? stoodFrom : baton.instant();
    stoodTo = baton.instant().plus(lasting);
    baton.at(stoodTo, () -> {});
  }

  /** It stands still no longer. */
  public void goOn() {
    if (standing()) {
      stoodTo = baton.instant();
      baton.rouse(this);
    }
  }

  /** The trouble comes when the machine is next at the point. */
  public void when(Point point, Runnable trouble) {
    troubles.computeIfAbsent(point, _ -> new ArrayDeque<>()).add(trouble);
  }

  /** No trouble waits any longer. */
  public void spare() {
    troubles.clear();
  }

  /** The machine is at the point: trouble that waits for it comes. */
  public void reach(Point point) {
    alive();
    var waiting = troubles.get(point);
    if (waiting == null || waiting.isEmpty()) {
      return;
    }
    waiting.remove().run();
    alive();
    try {
      baton.wait(this);
    } catch (InterruptedException _) {
      throw new Killed(name);
    }
  }

  /** The points of appliers. */
  public CrashPoints crashPoints() {
    return point -> reach(Point.of(point));
  }

  @Override
  public void start(String taskName, Task task) {
    alive();
    tasks++;
    baton.start(
        this,
        taskName,
        () -> {
          try {
            task.run();
          } finally {
            tasks--;
          }
        });
  }

  @Override
  public Instant now() {
    return baton.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    alive();
    baton.sleep(duration);
  }

  /** Sleeps where nothing may be interrupted. */
  public void pass(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    try {
      sleep(duration);
    } catch (InterruptedException _) {
      throw new Killed(name);
    }
  }
}
