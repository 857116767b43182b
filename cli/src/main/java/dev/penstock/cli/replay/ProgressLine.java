package dev.penstock.cli.replay;

import dev.penstock.edges.log.history.History;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says how far the reading of a log is, once it takes longer than a person likes to wait. */
final class ProgressLine implements Progress {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LOOK_EVERY = 256;

  private final History history;
  private final PrintWriter err;
  private final InstantSource clock;
  private Instant said;
  private long records;

  ProgressLine(History history, PrintWriter err, InstantSource clock) {
    this.history = history;
    this.err = err;
    this.clock = clock;
    this.said = clock.instant();
  }

  @Override
  public void read(int partition, long position) {
    records++;
    if (records % LOOK_EVERY != 0 || clock.instant().isBefore(said.plus(PATIENCE))) {
      return;
    }
    said = clock.instant();
    var span = history.span(Topics.EVENTS, partition);
    var part = 100.0 * (position - span.beginning()) / Math.max(1, span.end() - span.beginning());
    err.printf("penstock: %,d records read, %.0f %% of partition %d%n", records, part, partition);
    err.flush();
  }
}
