package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.kubernetes.SimulatedCluster;
import dev.penstock.schemas.key.Scope;
import java.time.Instant;

/** One cluster that lives, and where it is at home. */
public final class ClusterSite {
  private final String name;
  private final Scope home;
  private final SimulatedCluster cluster;
  private Instant due = Instant.MIN;
  private long settled = -1;

  public ClusterSite(String name, Scope home, SimulatedCluster cluster) {
    this.name = name;
    this.home = home;
    this.cluster = cluster;
  }

  public String name() {
    return name;
  }

  public Scope home() {
    return home;
  }

  public SimulatedCluster cluster() {
    return cluster;
  }

  /** The cluster lives up to now; false if nothing was to be done. */
  public boolean live(Instant now) {
    if (settled == revision() && now.isBefore(due)) {
      return false;
    }
    due = cluster.settle();
    settled = revision();
    return true;
  }

  /** When something is to be done here. */
  public Instant due() {
    return due;
  }

  /** What a watcher may see: another value than before is news for it. */
  Sight sight() {
    return new Sight(revision(), cluster.faults().cuts(), cluster.faults().expiries());
  }

  /** How far the cluster is, and how often its watches were cut. */
  record Sight(long revision, long cuts, long expiries) {}

  private long revision() {
    return cluster.api().store().revision();
  }
}
