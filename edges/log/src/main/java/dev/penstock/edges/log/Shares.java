package dev.penstock.edges.log;

import java.time.Duration;
import java.util.SortedSet;

/**
 * A group of processes that share the numbers from 0 to {@link #count} - 1: each number is held by
 * one living member, for a moment perhaps by two while it moves. One thread owns an instance.
 */
public interface Shares extends AutoCloseable {
  int count();

  /** Waits at most that long for a change; answers the numbers that are ours now. */
  SortedSet<Integer> poll(Duration atMost) throws LogFailed;

  /** Leaves the group at once. */
  @Override
  void close();

  /** The number of a name; the same in every process and for ever. */
  default int of(String name) {
    return Math.floorMod(name.hashCode(), count());
  }
}
