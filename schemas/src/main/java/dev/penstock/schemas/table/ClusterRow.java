package dev.penstock.schemas.table;

import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;

/** What a scope knows of a cluster. An empty tenure: no watcher has started yet. */
public record ClusterRow(
    ClusterRegistration registration,
    ClusterMode mode,
    String clusterUid,
    boolean swapped,
    String tenure,
    boolean snapshotComplete,
    List<String> unlistedKinds)
    implements Row {

  public ClusterRow withRegistration(ClusterRegistration changed) {
    return new ClusterRow(
        changed, mode, clusterUid, swapped, tenure, snapshotComplete, unlistedKinds);
  }

  public ClusterRow withMode(ClusterMode changed) {
    return new ClusterRow(
        registration, changed, clusterUid, swapped, tenure, snapshotComplete, unlistedKinds);
  }

  /** The cluster with that kube-system UID is the right one. */
  public ClusterRow boundTo(String uid) {
    return new ClusterRow(registration, mode, uid, false, tenure, snapshotComplete, unlistedKinds);
  }
}
