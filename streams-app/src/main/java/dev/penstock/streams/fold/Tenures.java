package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClusterFact.WatchStarted;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/**
 * Which watcher speaks for a cluster: the one that started last. If another one's facts come, the
 * last start may be a zombie's: whoever watches the cluster shall start anew. A cluster with
 * another kube-system UID than the remembered one is unknown as a whole until a person rebinds it
 * (design §4).
 */
final class Tenures {
  private Tenures() {}

  static void watchStarted(Turn turn, WatchStarted fact) {
    var known = turn.get(Table.CLUSTERS, fact.cluster());
    if (known.isEmpty()) {
      turn.alarm(
          fact.cluster(),
          "a watcher speaks for cluster " + fact.cluster() + ", which is not registered here");
      return;
    }
    var row = known.get();
    var uid = row.clusterUid().isEmpty() ? fact.clusterUid() : row.clusterUid();
    var swapped = !uid.equals(fact.clusterUid());
    if (swapped && !row.swapped()) {
      turn.alarm(
          fact.cluster(),
          "cluster "
              + fact.cluster()
              + " has another kube-system UID ("
              + fact.clusterUid()
              + ", remembered "
              + uid
              + "): all of it is unknown until `penstock cluster rebind "
              + fact.cluster()
              + "`");
    }
    turn.put(Table.CLUSTERS, fact.cluster(), row.spokenForBy(fact.tenure(), uid, swapped));
    Snapshots.begun(turn, fact.cluster(), fact.tenure());
    if (row.swapped() && !swapped) {
      Refreshes.cluster(turn, fact.cluster(), "the remembered cluster is back");
    }
  }

  /** The cluster's row if a fact of this tenure counts; if another tenure speaks, it is told. */
  static Optional<ClusterRow> heard(Turn turn, String cluster, String tenure) {
    turn.get(Table.CLUSTERS, cluster)
        .filter(row -> !row.tenure().equals(tenure))
        .ifPresent(_ -> Snapshots.contested(turn, cluster));
    return speaking(turn, cluster, tenure);
  }

  /** The cluster's row if this tenure's facts about it count. */
  static Optional<ClusterRow> speaking(Turn turn, String cluster, String tenure) {
    return turn.get(Table.CLUSTERS, cluster)
        .filter(row -> row.tenure().equals(tenure) && !row.swapped());
  }
}
