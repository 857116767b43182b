package dev.penstock.appliers.kubernetes;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.edges.aws.Timeline;
import dev.penstock.edges.kubernetes.KubernetesApi;
import dev.penstock.edges.log.CommandFeed;
import dev.penstock.edges.log.FeedEvent;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.schemas.command.KubernetesCommand;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link KubernetesApplier}, in a thread of its own, for each cluster of the assigned scopes
 * that has commands. The thread that polls is never kept waiting by a cluster.
 */
public final class KubernetesApplyRole implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesApplyRole.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_BOUND = Duration.ofSeconds(3);

  private final Parts parts;
  private final Map<ClusterKey, ClusterWorker> workers = new ConcurrentSkipListMap<>();
  private final Set<Scope> caughtUp = new TreeSet<>();
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean polled;
  private volatile boolean stopping;

  /**
   * What the role is made of. {@code clusters} knows what is registered of the cluster of that name
   * now; {@code apis} opens it; {@code tenures} gives a fresh id each time.
   */
  public record Parts(
      CommandFeed<KubernetesCommand> feed,
      Log log,
      Function<String, Optional<ClusterRegistration>> clusters,
      Function<ClusterRegistration, KubernetesApi> apis,
      Timeline timeline,
      Supplier<String> tenures,
      CrashPoints crashPoints,
      ApplierSettings settings) {}

  /** A cluster in its scope. */
  private record ClusterKey(Scope scope, String cluster) implements Comparable<ClusterKey> {
    @Override
    public int compareTo(ClusterKey other) {
      var byScope = scope.compareTo(other.scope);
      return byScope != 0 ? byScope : cluster.compareTo(other.cluster);
    }
  }

  public KubernetesApplyRole(Parts parts) {
    this.parts = parts;
    this.thread = Thread.ofVirtual().name("apply-kubernetes").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether the log was reached; clusters that do not answer make nobody unready. */
  public boolean ready() {
    return polled && failed().isEmpty();
  }

  /** The defect that ended the role or one of its appliers; the process must not go on. */
  public Optional<Throwable> failed() {
    return Optional.ofNullable(defect.get());
  }

  /** How many commands wait for their outcome, by cluster; for health and metrics. */
  public Map<String, Integer> waiting() {
    var waiting = new TreeMap<String, Integer>();
    workers.forEach((key, worker) -> waiting.merge(key.cluster(), worker.waiting(), Integer::sum));
    return waiting;
  }

  /** Lets writes that have begun end, begins no other, and leaves the group. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(STOP_BOUND.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        poll();
      }
      finish();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (LogFailed | RuntimeException | Error failed) {
      LOG.error("role=apply-kubernetes ended", failed);
      defect.compareAndSet(null, failed);
    } finally {
      workers.values().forEach(ClusterWorker::stop);
      parts.feed().close();
    }
  }

  private void poll() throws LogFailed, InterruptedException {
    try {
      parts.feed().poll(POLL).forEach(this::take);
      polled = true;
    } catch (LogFailed failed) {
      if (failed.fault() != LogFailed.Fault.UNREACHABLE) {
        throw failed;
      }
      LOG.warn("role=apply-kubernetes no commands: {}", failed.getMessage());
      parts.timeline().sleep(POLL);
    }
  }

  private void take(FeedEvent<KubernetesCommand> event) {
    switch (event) {
      case FeedEvent.Assigned<KubernetesCommand>(var scope) -> revoke(scope);
      case FeedEvent.Opened<KubernetesCommand>(var scope, _, _, var command) ->
          worker(scope, command.object().cluster()).told().opened(command);
      case FeedEvent.Closed<KubernetesCommand>(var scope, var key, _) -> closed(scope, key);
      case FeedEvent.Unreadable<KubernetesCommand>(var scope, var key, _, var reason) -> {
        LOG.error("key={} a command cannot be read and is not executed: {}", key, reason);
        closed(scope, key);
      }
      case FeedEvent.CaughtUp<KubernetesCommand>(var scope) -> {
        caughtUp.add(scope);
        each(scope, worker -> worker.told().caughtUp());
      }
      case FeedEvent.Revoked<KubernetesCommand>(var scope) -> revoke(scope);
    }
  }

  private void closed(Scope scope, String key) {
    var object = object(key.substring(scope.toString().length()));
    if (object.isEmpty()) {
      LOG.warn("key={} is no object's: somebody else writes commands", key);
      return;
    }
    var worker = workers.get(new ClusterKey(scope, object.get().cluster()));
    if (worker != null) {
      worker.told().closed(object.get());
    }
  }

  /** The object that a key without its scope names; none if it was not written by us. */
  private static Optional<ObjectKey> object(String rest) {
    try {
      return rest.isEmpty() ? Optional.empty() : Optional.of(ObjectKey.parse(rest.substring(1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private ClusterWorker worker(Scope scope, String cluster) {
    return workers.computeIfAbsent(new ClusterKey(scope, cluster), this::begin);
  }

  private ClusterWorker begin(ClusterKey key) {
    var tenure = parts.tenures().get();
    var held = new AtomicReference<@Nullable ClusterWorker>();
    WritePermit permit =
        () -> {
          var worker = held.get();
          var now = parts.timeline().now();
          var proven = parts.feed().lastPoll().plus(parts.settings().fresh());
          return worker != null && !worker.stopping() && !now.isAfter(proven);
        };
    var edges =
        new ClusterEdges(
            key.scope(),
            key.cluster(),
            tenure,
            parts.log(),
            parts.timeline(),
            permit,
            parts.crashPoints(),
            parts.settings());
    var worker =
        new ClusterWorker(
            "apply-" + key.cluster(),
            () -> parts.clusters().apply(key.cluster()),
            parts.apis(),
            api -> new KubernetesApplier(edges, api),
            parts.timeline(),
            failed -> defect.compareAndSet(null, failed));
    held.set(worker);
    if (caughtUp.contains(key.scope())) {
      worker.told().caughtUp();
    }
    LOG.info("cluster={} tenure={} applier begins", key.cluster(), tenure);
    worker.start();
    return worker;
  }

  private void revoke(Scope scope) {
    caughtUp.remove(scope);
    each(scope, ClusterWorker::stop);
    workers.keySet().removeIf(key -> key.scope().equals(scope));
  }

  private void each(Scope scope, Consumer<ClusterWorker> action) {
    workers.forEach((key, worker) -> {
      if (key.scope().equals(scope)) {
        action.accept(worker);
      }
    });
  }

  private void finish() throws InterruptedException {
    workers.values().forEach(ClusterWorker::stop);
    var end = parts.timeline().now().plus(STOP_BOUND);
    for (var worker : workers.values()) {
      var left = Duration.between(parts.timeline().now(), end);
      worker.join(left.isPositive() ? left : Duration.ofMillis(1));
    }
  }
}
