package dev.penstock.schemas.table;

import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scope knows of a cluster. An empty tenure: no watcher has started yet. {@code confirmed}
 * counts by kind the known objects that the watcher of this tenure has shown.
 */
public record ClusterRow(
    ClusterRegistration registration,
    ClusterMode mode,
    String clusterUid,
    boolean swapped,
    String tenure,
    boolean snapshotComplete,
    List<String> unlistedKinds,
    Map<String, Integer> confirmed)
    implements Row {

  public ClusterRow withRegistration(ClusterRegistration changed) {
    return new ClusterRow(
        changed, mode, clusterUid, swapped, tenure, snapshotComplete, unlistedKinds, confirmed);
  }

  public ClusterRow withMode(ClusterMode changed) {
    return new ClusterRow(
        registration,
        changed,
        clusterUid,
        swapped,
        tenure,
        snapshotComplete,
        unlistedKinds,
        confirmed);
  }

  /**
   * The cluster with that kube-system UID is the right one. What is known is of another: nothing
   * counts until its watcher's next snapshot.
   */
  public ClusterRow boundTo(String uid) {
    return new ClusterRow(registration, mode, uid, false, "", false, unlistedKinds, Map.of());
  }

  /** A watcher began. */
  public ClusterRow spokenForBy(String newTenure, String uid, boolean isSwapped) {
    return new ClusterRow(
        registration, mode, uid, isSwapped, newTenure, snapshotComplete, unlistedKinds, Map.of());
  }

  /** A snapshot came to its end; {@code complete}: this or an earlier one showed everything. */
  public ClusterRow snapshotTaken(boolean complete, List<String> unlisted) {
    return new ClusterRow(
        registration, mode, clusterUid, swapped, tenure, complete, unlisted, confirmed);
  }

  /** So many objects of a kind more, or fewer, are known that the watcher has shown. */
  public ClusterRow withConfirmed(String kind, int more) {
    var counts = new TreeMap<>(confirmed);
    counts.merge(kind, more, Integer::sum);
    return new ClusterRow(
        registration, mode, clusterUid, swapped, tenure, snapshotComplete, unlistedKinds, counts);
  }
}
