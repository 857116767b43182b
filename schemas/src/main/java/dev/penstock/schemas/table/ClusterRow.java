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

  /**
   * The cluster with that kube-system UID is the right one. What is known is of another: nothing
   * counts until its watcher's next snapshot.
   */
  public ClusterRow boundTo(String uid) {
    return new ClusterRow(registration, mode, uid, false, "", false, unlistedKinds);
  }

  /** A watcher began. */
  public ClusterRow spokenForBy(String newTenure, String uid, boolean isSwapped) {
    return new ClusterRow(
        registration, mode, uid, isSwapped, newTenure, snapshotComplete, unlistedKinds);
  }

  /** A snapshot came to its end; {@code complete}: this or an earlier one showed everything. */
  public ClusterRow snapshotTaken(boolean complete, List<String> unlisted) {
    return new ClusterRow(registration, mode, clusterUid, swapped, tenure, complete, unlisted);
  }
}
