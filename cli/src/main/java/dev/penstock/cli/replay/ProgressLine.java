package dev.penstock.cli.replay;

import dev.penstock.edges.log.history.History;
import dev.penstock.edges.log.history.LogFileExport;
import dev.penstock.edges.log.history.RawRecord;
import dev.penstock.edges.log.history.Span;
import dev.penstock.schemas.topic.Topics;
import dev.penstock.streams.replay.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says how far a log is read, once that takes longer than a person likes to wait. */
public final class ProgressLine implements Progress, LogFileExport.Progress {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LOOK_EVERY = 256;

  private final History history;
  private final PrintWriter err;
  private final InstantSource clock;
  private Instant said;
  private long records;

  public ProgressLine(History history, PrintWriter err, InstantSource clock) {
    this.history = history;
    this.err = err;
    this.clock = clock;
    this.said = clock.instant();
  }

  @Override
  public void read(int partition, long position) {
    if (isDue()) {
      say(history.span(Topics.EVENTS, partition), position);
    }
  }

  @Override
  public void written(Span span, RawRecord record) {
    if (isDue()) {
      say(span, record.position());
    }
  }

  private boolean isDue() {
    records++;
    return records % LOOK_EVERY == 0 && !clock.instant().isBefore(said.plus(PATIENCE));
  }

  private void say(Span span, long position) {
    said = clock.instant();
    var part = 100.0 * (position - span.beginning()) / Math.max(1, span.end() - span.beginning());
    err.printf(
        "penstock: %,d records, %.0f %% of partition %d of %s%n",
        records, part, span.partition(), span.topic().name());
    err.flush();
  }
}
