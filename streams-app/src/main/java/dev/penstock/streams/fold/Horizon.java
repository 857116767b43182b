package dev.penstock.streams.fold;

import java.time.Instant;

/**
 * From which moment of the scope's log (by seq) an answer speaks. What a write answered speaks from
 * its own record; a read from its first announcement, so that what was written since is not undone
 * by it.
 */
record Horizon(long position, Instant at, boolean write) {

  /**
   * Whether this answer is recent enough to contradict what was learned at that moment. What an
   * earlier part of the same answer said is completed by a later one.
   */
  boolean outranks(long knownPosition, Instant knownAt, long windowMillis) {
    var same = position == knownPosition && at.equals(knownAt);
    return write
        || same
        || (position >= knownPosition && !at.isBefore(knownAt.plusMillis(windowMillis)));
  }

  /** Whether this answer may confirm what was learned at that moment. */
  boolean follows(long knownPosition) {
    return write || position >= knownPosition;
  }
}
