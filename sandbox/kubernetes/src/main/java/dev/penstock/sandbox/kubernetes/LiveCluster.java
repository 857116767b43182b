package dev.penstock.sandbox.kubernetes;

import dev.penstock.sandbox.kubernetes.store.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SimulatedCluster} on a real clock, for many threads: they take turns, one thread runs
 * the stand-ins, and what a turn changed is with the operating system before the turn ends.
 */
public final class LiveCluster implements PodProbe, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCluster.class);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final ReentrantLock turn = new ReentrantLock();
  private final Condition changed = turn.newCondition();
  private final NavigableMap<Long, Instant> times = new TreeMap<>();
  private final Journal journal;
  private final Clock clock;
  private final SimulatedCluster cluster;
  private final Thread standIns;
  private boolean closed;
  private volatile boolean failed;

  private LiveCluster(Journal journal, ClusterSpec spec, Clock clock, RandomGenerator random) {
    this.journal = journal;
    this.clock = clock;
    this.cluster = new SimulatedCluster(spec, journal.store(), clock, random);
    journal.flush();
    this.standIns =
        Thread.ofPlatform().daemon().name("stand-ins-" + spec.name()).unstarted(this::run);
  }

  /**
   * Opens the cluster saved in a directory, or makes the specified one there, and starts its
   * stand-ins.
   */
  public static LiveCluster open(
      Path directory, ClusterSpec spec, Clock clock, RandomGenerator random) throws IOException {
    var live = new LiveCluster(Journal.open(directory), spec, clock, random);
    live.standIns.start();
    return live;
  }

  /** The same without stand-ins: nothing happens in it but what its users write. */
  public static LiveCluster still(
      Path directory, ClusterSpec spec, Clock clock, RandomGenerator random) throws IOException {
    return new LiveCluster(Journal.open(directory), spec, clock, random);
  }

  /** One turn on the cluster. */
  public <T> T turn(Function<SimulatedCluster, T> work) {
    turn.lock();
    try {
      long before = revision();
      var result = work.apply(cluster);
      if (revision() != before) {
        written();
      }
      changed.signalAll();
      return result;
    } finally {
      turn.unlock();
    }
  }

  /**
   * Waits until something may have happened since the revision; false if the time ran out first or
   * the cluster was closed.
   */
  public boolean await(long revision, long cuts, Duration atMost) throws InterruptedException {
    turn.lock();
    try {
      long left = atMost.toNanos();
      while (!closed && left > 0 && revision() == revision && cluster.faults().cuts() == cuts) {
        left = changed.awaitNanos(left);
      }
      return !closed && left > 0;
    } finally {
      turn.unlock();
    }
  }

  /** Lets time pass for the caller alone; ends early when the cluster is closed. */
  public void pause(Duration duration) throws InterruptedException {
    turn.lock();
    try {
      long left = duration.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Optional<Answer> probe(String ip, int port) {
    turn.lock();
    try {
      return cluster.probe(ip, port);
    } finally {
      turn.unlock();
    }
  }

  /** When the change that made the revision was written; of one long ago, not before that. */
  public Instant changedAt(long revision) {
    turn.lock();
    try {
      return Optional.ofNullable(times.ceilingEntry(revision))
          .map(Map.Entry::getValue)
          .orElseGet(clock::instant);
    } finally {
      turn.unlock();
    }
  }

  /** The stand-ins died of a defect: nothing happens in the cluster any more. */
  public boolean failed() {
    return failed;
  }

  public Clock clock() {
    return clock;
  }

  private void run() {
    turn.lock();
    try {
      while (!closed) {
        long before = revision();
        var next = cluster.settle();
        if (revision() != before) {
          written();
          changed.signalAll();
        }
        rest(next);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed = true;
      LOG.error("cluster={} the stand-ins stopped", cluster.spec().name(), e);
    } finally {
      turn.unlock();
    }
  }

  private void written() {
    times.put(revision(), clock.instant());
    if (times.size() > REMEMBERED) {
      times.pollFirstEntry();
    }
    journal.flush();
  }

  private void rest(Instant next) throws InterruptedException {
    long settled = revision();
    var until = clock.instant().plus(LONGEST_REST);
    var wake = next.isBefore(until) ? next : until;
    while (!closed && revision() == settled) {
      long left = Duration.between(clock.instant(), wake).toNanos();
      if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }

  private long revision() {
    return cluster.api().store().revision();
  }

  @Override
  public void close() throws IOException {
    turn.lock();
    try {
      closed = true;
      changed.signalAll();
      journal.close();
    } finally {
      turn.unlock();
    }
  }
}
