package dev.penstock.sandbox.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;
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

  @Test
  void aRevisionWasWrittenAtTheEndOfTheTurnThatMadeIt(@TempDir Path folder) throws Exception {
    var clock = new Settable();
    try (var live = LiveCluster.still(folder, ClusterSpec.sandbox(), clock, new Random(1))) {
      long first = live.turn(LiveClusterTest::label);
      clock.now = Instant.ofEpochSecond(60);
      long second = live.turn(LiveClusterTest::label);
      clock.now = Instant.ofEpochSecond(120);
      assertEquals(Instant.EPOCH, live.changedAt(first));
      assertEquals(Instant.ofEpochSecond(60), live.changedAt(second));
      assertEquals(Instant.ofEpochSecond(120), live.changedAt(second + 1));
    }
  }

  /** Changes something; answers the revision. */
  private static long label(SimulatedCluster cluster) {
    var namespace = cluster.api().get(Kinds.NAMESPACE, "", "default").deepCopy();
    var labels = namespace.withObject("/metadata/labels");
    labels.put("revision", cluster.api().store().revision());
    cluster.api().update(Kinds.NAMESPACE, "", "default", namespace, WriteOptions.of("test"));
    return cluster.api().store().revision();
  }

  /** A clock that stands where it is put. */
  private static final class Settable extends Clock {
    private Instant now = Instant.EPOCH;

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
      return now;
    }
  }
}
