package dev.penstock.cli.roles;

import dev.penstock.watchers.kubernetes.KubernetesWatchRole;

/** The watchers of this process. */
record WatchStage(KubernetesWatchRole role) implements Stage {
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
