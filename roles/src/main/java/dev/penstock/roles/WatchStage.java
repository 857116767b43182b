package dev.penstock.roles;

import dev.penstock.edges.log.KafkaShares;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.watchers.kubernetes.ClusterAssignment;
import dev.penstock.watchers.kubernetes.KubernetesWatchRole;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.util.random.RandomGenerator;

/** The watchers of this process. */
public record WatchStage(KubernetesWatchRole role) implements Stage {
  private static final String GROUP = "penstock-watch";

  /** Watches its share of the registered clusters. */
  public static WatchStage start(OpenLog log, RealTime time, RandomGenerator random)
      throws LogFailed {
    var shares = KafkaShares.open(log.connection(), log.catalogue(), GROUP, log.sessionMillis());
    var role =
        new KubernetesWatchRole(
            new KubernetesWatchRole.Parts(
                ClusterAssignment.of(log.registrations(), shares),
                log.log(),
                OpenLog::cluster,
                time,
                () -> random,
                WatcherSettings.defaults()));
    role.start();
    return new WatchStage(role);
  }

  @Override
  public boolean ready() {
    return role.ready();
  }

  @Override
  public boolean failed() {
    return role.failed().isPresent();
  }

  @Override
  public void measure(MetricsText into) {
    for (var state : role.states()) {
      into.gauge(
              "penstock_watcher_activity",
              "1 for what the watcher of a cluster is doing now.",
              1,
              "cluster=" + state.cluster(),
              "activity=" + state.activity())
          .gauge(
              "penstock_watcher_since_seconds",
              "Since when it does so, since the epoch.",
              state.since().getEpochSecond(),
              "cluster=" + state.cluster());
    }
  }

  @Override
  public void stop() {
    role.close();
  }
}
