package dev.penstock.watchers.kubernetes;

import java.time.Duration;

/**
 * The bounds of one watcher. {@code batch} facts are appended together; a tenure shorter than
 * {@code settled} counts as failed, so that the next one waits; {@code largestRecord} is in bytes.
 */
public record WatcherSettings(
    int pageSize,
    int batch,
    Duration firstRetry,
    Duration longestRetry,
    Duration settled,
    Duration unlistedRetry,
    Duration secretPoll,
    Duration pulse,
    Duration watchLife,
    int largestRecord) {

  public static WatcherSettings defaults() {
    return new WatcherSettings(
        500,
        500,
        Duration.ofMillis(500),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMinutes(6),
        900_000);
  }
}
