package dev.penstock.streams.fold;

import dev.penstock.plan.ingress.IngressMembers;
import dev.penstock.plan.names.Finalizers;
import dev.penstock.schemas.intent.MemberIntent;
import dev.penstock.schemas.intent.MemberIntent.Removal;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
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

  static void removed(Turn turn, ObjectKey key, KubernetesObject object, boolean requested) {
    var held = Finalizers.held(key.cluster(), object.metadata());
    for (var row : Intents.of(turn, key)) {
      var vanished = held.contains(row.current().stack()) ? Removal.VANISHED : Removal.INFERRED;
      Intents.put(turn, leaving(turn, row, requested ? Removal.REQUESTED : vanished));
    }
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
  private static MemberRow leaving(Turn turn, MemberRow row, Removal removal) {
    var was = row.current();
    var leaving =
        was.state() instanceof MemberIntent.Leaving before
            ? new MemberIntent.Leaving(
                before.requested() ? Removal.REQUESTED : removal, before.obstacle())
            : new MemberIntent.Leaving(removal, Optional.empty());
    return new MemberRow(
        was.withState(leaving),
        IngressMembers.inForce(row),
        row.lapsed(),
        turn.seq(),
        row.servedSince());
  }
}
