package dev.penstock.sandbox.simulation.engine;

import java.time.Duration;

/**
 * How long things are on their way, each drawn from the seed by itself; nothing takes time at
 * first.
 */
public final class Delays {
  /** What is on its way, and for how long at most. */
  public enum Way {
    /** From an append to its acknowledgement. */
    ACKNOWLEDGEMENT(Duration.ofMillis(200)),
    /** From the moment at which a record can be read until a reader has it. */
    FETCH(Duration.ofMillis(800)),
    /** From a commit until a partition shows its records. */
    MARKER(Duration.ofMillis(400)),
    /** From AWS's or a cluster's caller to it. */
    REQUEST(Duration.ofMillis(500)),
    /** And back. */
    ANSWER(Duration.ofMillis(1_500)),
    /** From a change in a cluster until its watcher hears of it. */
    WATCH(Duration.ofMillis(800)),
    /** From a decision that an applier waits for to its commit. */
    COMMIT(Duration.ofMillis(15)),
    /** Until the tables of a partition are restored. */
    RESTORE(Duration.ofSeconds(3)),
    /** Until a machine that stood still does its next poll. */
    POLL(Duration.ofMillis(600));

    private final Duration most;

    Way(Duration most) {
      this.most = most;
    }
  }

  private final Chance chance;
  private final Baton baton;
  private boolean drawn;

  public Delays(Chance chance, Baton baton, boolean drawn) {
    this.chance = chance;
    this.baton = baton;
    this.drawn = drawn;
  }

  /** Whether things take time. */
  public boolean drawn() {
    return drawn;
  }

  /** From now on nothing takes time. */
  public void end() {
    drawn = false;
  }

  /** How long it takes this time. */
  public Duration of(Way way, String who) {
    if (!drawn) {
      return Duration.ZERO;
    }
    var now = baton.instant();
    var moment = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return chance.of(who).within(way.most, moment * 31 + way.ordinal());
  }

  /** A number from 1 to {@code most}, 1 where nothing takes time. */
  public int count(int most, String who) {
    var now = baton.instant();
    return drawn ? 1 + chance.of(who).below(most, now.toEpochMilli()) : 1;
  }
}
