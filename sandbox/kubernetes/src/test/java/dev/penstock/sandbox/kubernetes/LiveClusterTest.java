package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster on a real clock says when it can go on no longer. */
class LiveClusterTest {
  /** A clock that breaks when it is told to. */
  private static final class Breakable extends Clock {
    private final AtomicBoolean broken = new AtomicBoolean();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      if (broken.get()) {
        throw new IllegalStateException("a defect");
      }
      return Instant.EPOCH;
    }
  }

  @Test
  void aDefectOfTheStandInsIsToldToWhoeverAsks(@TempDir Path folder) throws Exception {
    var clock = new Breakable();
    try (var live = LiveCluster.open(folder, ClusterSpec.sandbox(), clock, new Random(1))) {
      assertFalse(live.failed());
      clock.broken.set(true);
      live.turn(SimulatedCluster::uid);
      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () -> {
            while (!live.failed()) {
              Thread.onSpinWait();
            }
          });
    }
  }
}
