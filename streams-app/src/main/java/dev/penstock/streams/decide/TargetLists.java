package dev.penstock.streams.decide;

import dev.penstock.plan.targets.OwnTargets;
import dev.penstock.schemas.command.Cause;
import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.intent.TargetBinding;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.ConfigMap;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.TargetRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The list of a cluster's own targets beside each binding whose group other clusters share: kept
 * while the binding is wanted, deleted after it. Without the right to read ConfigMaps there is
 * none.
 */
final class TargetLists {
  private TargetLists() {}

  /** Writes what differs. */
  static void keep(
      Turn turn, TargetBinding binding, List<TargetRow> rows, Set<String> listed, Cause cause) {
    if (!binding.multiCluster() || !isKept(turn, binding)) {
      return;
    }
    var key = OwnTargets.list(binding);
    var found = row(turn, binding).map(ObjectRow::object);
    var own = OwnTargets.of(rows, listed);
    var writes =
        found.orElse(null) instanceof ConfigMap list && list.targets().equals(own)
            ? List.<KubernetesWrite>of()
            : List.<KubernetesWrite>of(new KubernetesWrite.ApplyTargetList(own, found.isEmpty()));
    var uid = found.map(object -> object.metadata().uid()).orElse("");
    ObjectWrites.ask(turn, new ObjectWrites.Subject(key, uid), _ -> true, writes, cause);
  }

  /** Whether the list of the binding has to go, and is not gone yet. */
  static boolean goes(Turn turn, TargetBinding binding, Cause cause) {
    if (!stands(turn, binding)) {
      return false;
    }
    ObjectWrites.subject(turn, OwnTargets.list(binding))
        .ifPresent(subject ->
            ObjectWrites.ask(
                turn, subject, _ -> true, List.of(new KubernetesWrite.DeleteTargetList()), cause));
    return true;
  }

  /** Whether the list of the binding is in its cluster, and ours to delete. */
  static boolean stands(Turn turn, TargetBinding binding) {
    return binding.multiCluster() && isKept(turn, binding) && row(turn, binding).isPresent();
  }

  private static boolean isKept(Turn turn, TargetBinding binding) {
    return Modes.ofTargets(turn, binding.targetGroup()).isEmpty()
        && turn.get(Table.CLUSTERS, binding.cluster())
            .filter(row -> !row.unlistedKinds().contains(ObjectKind.CONFIG_MAP.text()))
            .isPresent();
  }

  private static Optional<ObjectRow> row(Turn turn, TargetBinding binding) {
    ObjectKey key = OwnTargets.list(binding);
    return turn.get(Table.OBJECTS, key.toString());
  }
}
