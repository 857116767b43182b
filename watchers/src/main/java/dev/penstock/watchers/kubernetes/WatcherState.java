package dev.penstock.watchers.kubernetes;

import java.time.Instant;

/** What one watcher is doing, for health and metrics. */
public record WatcherState(String cluster, Activity activity, Instant since, String detail) {
  public enum Activity {
    /** Before the next attempt; the detail says what went wrong. */
    WAITING,
    /** A snapshot is being published. */
    LISTING,
    /** The cluster's changes are published as they come. */
    WATCHING
  }
}
