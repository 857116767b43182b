package dev.penstock.edges.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The scopes that this member of the group holds, and their commands. For each scope: Assigned;
 * then, from the poll after it, everything that is open (an older value may precede a newer one of
 * the same key); then CaughtUp; then changes as they come; then Revoked. No scope is held by two
 * members. One thread owns a feed.
 */
public interface CommandFeed<C> extends AutoCloseable {
  /**
   * Waits at most that long for something to happen; returns it in order, nothing if nothing did.
   */
  List<FeedEvent<C>> poll(Duration atMost) throws LogFailed;

  /**
   * The start of the last poll that proved to the group that we live: until at least the session
   * timeout after it no other member is given our scopes. May be asked by any thread.
   */
  Instant lastPoll();

  /** Leaves the group at once. */
  @Override
  void close();
}
