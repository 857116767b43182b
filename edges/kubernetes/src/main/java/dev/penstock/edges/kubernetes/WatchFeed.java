package dev.penstock.edges.kubernetes;

import dev.penstock.schemas.key.ObjectKind;
import java.time.Duration;
import java.util.Optional;

/**
 * The watches of one cluster as one queue, read by one thread. At most one watch of a kind is open;
 * signals of an earlier one are dropped. After {@link WatchSignal.Closed} or {@link
 * WatchSignal.Broken} nothing more comes from that watch. What is not read yet is bounded: a watch
 * is not read further until its signals have been taken.
 */
public interface WatchFeed extends AutoCloseable {
  /** Watches a kind from a version on; a failure comes as a signal. */
  void open(ObjectKind kind, String resourceVersion);

  /** The next signal, if one has come. */
  Optional<WatchSignal> poll();

  /**
   * Returns when a signal can be polled or the time is over; in simulation at once.
   *
   * @throws InterruptedException when the process stops
   */
  void await(Duration atMost) throws InterruptedException;

  /** Ends all watches. */
  @Override
  void close();
}
