package dev.penstock.schemas.table;

import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a scope knows of a cluster. An empty tenure: no watcher has started yet. {@code confirmed}
 * counts by kind the known objects that the watcher of this tenure has shown. {@code formerNames}
 * are the names that resources may still carry in their tags, beside that of the registration.
 */
public record ClusterRow(
    ClusterRegistration registration,
    ClusterMode mode,
    String clusterUid,
    boolean swapped,
    String tenure,
    boolean snapshotComplete,
    List<String> unlistedKinds,
    Map<String, Integer> confirmed,
    List<String> formerNames)
    implements Row {

  /** A cluster that was just registered: in shadow, and nobody has watched it yet. */
  public static ClusterRow of(ClusterRegistration registration) {
    return new ClusterRow(
        registration,
        ClusterMode.SHADOW,
        registration.clusterUid().orElse(""),
        false,
        "",
        false,
        List.of(),
        Map.of(),
        List.of());
  }

  public ClusterRow withRegistration(ClusterRegistration changed) {
    return new ClusterRow(
        changed,
        mode,
        clusterUid,
        swapped,
        tenure,
        snapshotComplete,
        unlistedKinds,
        confirmed,
        renamedTo(changed.lbcName()));
  }

  /** The names that the cluster had before, but those that another of these clusters has now. */
  public List<String> formerNamesBeside(List<ClusterRow> clusters) {
    var names = new ArrayList<>(formerNames);
    clusters.forEach(other -> names.remove(other.registration().lbcName()));
    return List.copyOf(names);
  }

  private List<String> renamedTo(String name) {
    var names = new TreeSet<>(formerNames);
    names.add(registration.lbcName());
    names.removeAll(Set.of("", name));
    return List.copyOf(names);
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
        confirmed,
        formerNames);
  }

  /**
   * The cluster with that kube-system UID is the right one. What is known is of another: nothing
   * counts until its watcher's next snapshot.
   */
  public ClusterRow boundTo(String uid) {
    return new ClusterRow(
        registration, mode, uid, false, "", false, unlistedKinds, Map.of(), formerNames);
  }

  /** A watcher began. */
  public ClusterRow spokenForBy(String newTenure, String uid, boolean isSwapped) {
    return new ClusterRow(
        registration,
        mode,
        uid,
        isSwapped,
        newTenure,
        snapshotComplete,
        unlistedKinds,
        Map.of(),
        formerNames);
  }

  /** A snapshot came to its end; {@code complete}: this or an earlier one showed everything. */
  public ClusterRow snapshotTaken(boolean complete, List<String> unlisted) {
    return new ClusterRow(
        registration,
        mode,
        clusterUid,
        swapped,
        tenure,
        complete,
        unlisted,
        confirmed,
        formerNames);
  }

  /** So many objects of a kind more, or fewer, are known that the watcher has shown. */
  public ClusterRow withConfirmed(String kind, int more) {
    var counts = new TreeMap<>(confirmed);
    counts.merge(kind, more, Integer::sum);
    return new ClusterRow(
        registration,
        mode,
        clusterUid,
        swapped,
        tenure,
        snapshotComplete,
        unlistedKinds,
        counts,
        formerNames);
  }
}
