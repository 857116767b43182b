package dev.penstock.sandbox.aws.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of the call being answered and what it changed so far: kept as a whole or not at all.
 */
public final class Chronicle {
  record Change(Table<?> table, String key, @Nullable Object before, @Nullable Object after) {}

  private final Duration window;
  private final List<Change> changes = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  public Chronicle(Duration window) {
    this.window = window;
  }

  Instant now() {
    return now;
  }

  Duration window() {
    return window;
  }

  boolean keepsHistory() {
    return !window.isZero();
  }

  public void begin(Instant moment) {
    now = moment.isAfter(now) ? moment : now;
    changes.clear();
  }

  /** What changed since {@link #begin}. */
  List<Change> changes() {
    return changes;
  }

  public void rollBack() {
    for (var change : changes.reversed()) {
      change.table().takeBack(change.key(), change.before());
    }
    changes.clear();
  }

  void changed(Table<?> table, String key, @Nullable Object before, @Nullable Object after) {
    changes.add(new Change(table, key, before, after));
  }
}
