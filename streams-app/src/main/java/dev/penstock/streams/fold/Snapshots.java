package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.TreeMap;

/**
 * The end of a list: what it did not confirm is gone, of the kinds that were listed and whose
 * counts agree. A kind that could not be listed stays as it was (design §4).
 */
final class Snapshots {
  private Snapshots() {}

  static void completed(Turn turn, SnapshotCompleted fact) {
    var speaking = Tenures.speaking(turn, fact.cluster(), fact.tenure());
    if (speaking.isEmpty()) {
      return;
    }
    for (var count : new TreeMap<>(fact.counts()).entrySet()) {
      kind(turn, fact, ObjectKind.of(count.getKey()), count.getValue());
    }
    var row = speaking.get();
    var unlisted = new TreeMap<>(fact.unlisted()).keySet().stream().toList();
    turn.put(
        Table.CLUSTERS,
        fact.cluster(),
        new ClusterRow(
            row.registration(),
            row.mode(),
            row.clusterUid(),
            row.swapped(),
            row.tenure(),
            true,
            unlisted));
    if (!row.snapshotComplete() || !row.unlistedKinds().equals(unlisted)) {
      Refreshes.cluster(turn, fact.cluster(), "a snapshot of the cluster is complete");
    }
  }

  private static void kind(Turn turn, SnapshotCompleted fact, ObjectKind kind, int published) {
    var unconfirmed = new ArrayList<Entry<ObjectRow>>();
    var confirmed = 0;
    for (var entry : turn.scan(Table.OBJECTS, fact.cluster() + "|" + kind.text() + "|")) {
      if (entry.row().tenure().equals(fact.tenure())) {
        confirmed++;
      } else {
        unconfirmed.add(entry);
      }
    }
    if (confirmed != published) {
      turn.alarm(
          fact.cluster() + "|" + kind.text(),
          "a snapshot says " + published + " objects, " + confirmed + " arrived: none is removed");
      return;
    }
    for (var entry : unconfirmed) {
      Objects.remove(turn, ObjectKey.parse(entry.key()), entry.row(), false);
    }
  }
}
