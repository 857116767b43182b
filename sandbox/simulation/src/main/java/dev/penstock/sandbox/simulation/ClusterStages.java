package dev.penstock.sandbox.simulation;

import dev.penstock.appliers.CrashPoints;
import dev.penstock.appliers.kubernetes.ApplierSettings;
import dev.penstock.appliers.kubernetes.ClusterEdges;
import dev.penstock.appliers.kubernetes.KubernetesApplier;
import dev.penstock.edges.log.Log;
import dev.penstock.edges.log.LogFailed;
import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.sandbox.kubernetes.edge.SimulatedApi;
import dev.penstock.sandbox.kubernetes.store.ObjectStore;
import dev.penstock.watchers.kubernetes.KubernetesWatcher;
import dev.penstock.watchers.kubernetes.WatcherSettings;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One cluster, who watches it and who writes to it, on the caller's thread. */
final class ClusterStages {
  private final Fleet.Site site;
  private final Baton baton;
  private final SimulatedCluster cluster;
  private final Supplier<KubernetesWatcher> watchers;
  private final KubernetesApplier applier;
  private KubernetesWatcher watcher;
  private Instant next = Instant.MIN;

  ClusterStages(Fleet.Site site, Log log, Baton baton, RandomGenerator random) {
    this.site = site;
    this.baton = baton;
    this.cluster = new SimulatedCluster(site.cluster(), new ObjectStore(), baton, random);
    var api = new SimulatedApi(cluster, _ -> {});
    var name = site.cluster().name();
    this.watchers =
        () ->
            new KubernetesWatcher(
                site.home(), name, api, log, baton, random, WatcherSettings.defaults());
    this.watcher = watchers.get();
    this.applier =
        new KubernetesApplier(
            new ClusterEdges(
                site.home(),
                name,
                Long.toHexString(random.nextLong()),
                log,
                baton,
                () -> true,
                CrashPoints.none(),
                ApplierSettings.defaults()),
            api);
  }

  Fleet.Site site() {
    return site;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  KubernetesApplier applier() {
    return applier;
  }

  /** The cluster lives, and is watched, up to now. */
  void look() {
    next = cluster.settle();
    var rest = watcher.step();
    while (rest.isZero()) {
      rest = watcher.step();
    }
    sooner(baton.now().plus(rest));
  }

  /** The role begins the watcher anew when the reconciler asks for a snapshot. */
  void watchAnew() {
    watcher.close();
    watcher = watchers.get();
  }

  /** Writes to the cluster until it may rest; whether it did anything. */
  boolean write() throws LogFailed {
    var worked = false;
    var rest = applier.step();
    while (rest.isZero()) {
      worked = true;
      rest = applier.step();
    }
    sooner(baton.now().plus(rest));
    return worked;
  }

  /** When something is to be done here if nothing is told. */
  Instant next() {
    return next;
  }

  private void sooner(Instant time) {
    next = time.isBefore(next) ? time : next;
  }
}
