package dev.penstock.watchers.kubernetes;

import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.watchers.kubernetes.ClusterAssignment.Assigned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code watch kubernetes}: one watcher, in a thread of its own, for each cluster that is
 * assigned to this process; begun, ended and begun anew as assignments and registrations change,
 * and when the reconciler asks for a new snapshot.
 */
public final class KubernetesWatchRole implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatchRole.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STOP_BOUND = Duration.ofSeconds(3);

  private final Parts parts;
  private final Map<String, Running> running = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean polled;
  private volatile boolean stopping;

  /** What the role is made of. {@code randoms} gives each watcher a source of its own. */
  public record Parts(
      ClusterAssignment assignment,
      Log log,
      Function<ClusterRegistration, KubernetesApi> apis,
      Timeline timeline,
      Supplier<RandomGenerator> randoms,
      WatcherSettings settings) {}

  private record Running(Assigned assigned, KubernetesWatcher watcher, Thread thread) {}

  public KubernetesWatchRole(Parts parts) {
    this.parts = parts;
    this.thread = Thread.ofVirtual().name("watch-kubernetes").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether the assignment is known; clusters that do not answer make nobody unready. */
  public boolean ready() {
    return polled && failed().isEmpty();
  }

  /** The defect that ended the role or one of its watchers; the process must not go on. */
  public Optional<Throwable> failed() {
    return Optional.ofNullable(defect.get());
  }

  /** What each watcher is doing, by cluster; for health and metrics. */
  public List<WatcherState> states() {
    return running.values().stream().map(run -> run.watcher().state()).toList();
  }

  /** Ends the watchers and leaves the group, so that others take over at once. */
  @Override
  public void close() {
    stopping = true;
    await(thread);
  }

  private void run() {
    try {
      while (!stopping) {
        poll();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error failed) {
      LOG.error("role=watch-kubernetes ended", failed);
      defect.compareAndSet(null, failed);
    } finally {
      List.copyOf(running.keySet()).forEach(this::end);
      parts.assignment().close();
    }
  }

  private void poll() throws LogFailed, InterruptedException {
    try {
      assign(parts.assignment().poll(POLL));
      polled = true;
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.UNREACHABLE) {
        throw failed;
      }
      LOG.warn("role=watch-kubernetes assignment unknown: {}", failed.getMessage());
      parts.timeline().sleep(POLL);
    }
  }

  private void assign(List<Assigned> assigned) {
    var wanted = new TreeMap<String, Assigned>();
    assigned.forEach(one -> wanted.put(one.registration().cluster(), one));
    for (var run : List.copyOf(running.entrySet())) {
      if (!run.getValue().assigned().equals(wanted.get(run.getKey()))) {
        end(run.getKey());
      }
    }
    wanted.values().stream()
        .filter(one -> !running.containsKey(one.registration().cluster()))
        .forEach(this::begin);
  }

  private void begin(Assigned assigned) {
    var registration = assigned.registration();
    var cluster = registration.cluster();
    var watcher =
        new KubernetesWatcher(
            registration,
            parts.apis().apply(registration),
            parts.log(),
            parts.timeline(),
            parts.randoms().get(),
            parts.settings());
    var watching =
        Thread.ofVirtual()
            .name("watch-" + cluster)
            .uncaughtExceptionHandler((_, failed) -> defect.compareAndSet(null, failed))
            .unstarted(() -> watch(watcher));
    running.put(cluster, new Running(assigned, watcher, watching));
    LOG.info("cluster={} watcher begins", cluster);
    watching.start();
  }

  private static void watch(KubernetesWatcher watcher) {
    try {
      watcher.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(String cluster) {
    var run = running.remove(cluster);
    if (run != null) {
      LOG.info("cluster={} watcher ends", cluster);
      run.thread().interrupt();
      await(run.thread());
    }
  }

  private static void await(Thread thread) {
    try {
      thread.join(STOP_BOUND);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
