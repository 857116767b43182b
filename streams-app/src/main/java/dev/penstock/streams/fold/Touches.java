package dev.penstock.streams.fold;

import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.MemberRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Intents;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.Optional;

/** Who must decide again because an object changed or went. */
final class Touches {
  private Touches() {}

  static void object(Turn turn, ObjectKey key, String sentence) {
    Lookups.touched(turn, Lookups.object(key), sentence);
    Lookups.touched(turn, Lookups.list(key.cluster(), key.kind()), sentence);
    if (mayBeMember(key) && concluded(turn, key.cluster())) {
      Dirt.member(turn, key, sentence);
    }
  }

  static void removed(Turn turn, ObjectKey key, boolean requested) {
    Intents.of(turn, key).forEach(row -> Intents.put(turn, leaving(turn, row, requested)));
    var how =
        requested || !mayBeMember(key)
            ? " was deleted"
            : " vanished: nobody was seen to ask for it";
    object(turn, key, key.kind().text() + " " + key.path() + how);
  }

  static boolean mayBeMember(ObjectKey key) {
    return key.kind() == ObjectKind.INGRESS || key.kind() == ObjectKind.TARGET_GROUP_BINDING;
  }

  private static boolean concluded(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster).filter(ClusterRow::snapshotComplete).isPresent();
  }

  /** What kept its load balancer from being deleted does so even if its object is gone. */
  private static MemberRow leaving(Turn turn, MemberRow row, boolean requested) {
    var was = row.current();
    var before =
        was.state() instanceof MemberIntent.Leaving leaving
            ? leaving
            : new MemberIntent.Leaving(false, Optional.empty());
    return new MemberRow(
        was.withState(new MemberIntent.Leaving(requested || before.requested(), before.obstacle())),
        row.lastGood(),
        row.lapsed(),
        turn.seq());
  }
}
