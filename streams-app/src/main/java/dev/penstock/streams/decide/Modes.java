package dev.penstock.streams.decide;

import dev.penstock.plan.policy.Pauses;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether anything may be written for a part of the world now: shadow, pause, swapped clusters. */
final class Modes {
  /** Kinds of objects without which nothing can be concluded about a cluster. */
  private static final List<String> NEEDED =
      List.of("Ingress", "IngressClass", "Service", "EndpointSlice", "Node", "Pod", "Namespace");

  private Modes() {}

  /**
   * The cluster, if what it shows counts: it was seen once, and is no other one. What is not there
   * may be of a kind that could not be listed.
   */
  static Optional<ClusterRow> seen(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster)
        .filter(row -> row.snapshotComplete() && !row.swapped());
  }

  /** The cluster, if conclusions may be drawn from what is known of it. */
  static Optional<ClusterRow> concluding(Turn turn, String cluster) {
    return seen(turn, cluster)
        .filter(row -> row.unlistedKinds().stream().noneMatch(NEEDED::contains));
  }

  /**
   * The mode of a name: managed if one of the stacks that claim it is of a managed cluster. A
   * cluster that this scope was not told of is nobody's to write for.
   */
  static ClusterMode ofClaimants(Turn turn, List<StackId> claimants) {
    var modes =
        claimants.stream()
            .map(StackId::cluster)
            .distinct()
            .map(cluster ->
                turn.get(Table.CLUSTERS, cluster).map(ClusterRow::mode).orElse(ClusterMode.SHADOW))
            .toList();
    return modes.isEmpty() || modes.contains(ClusterMode.MANAGE)
        ? ClusterMode.MANAGE
        : modes.getFirst();
  }

  /** Why no structural write may be made for a resource of a cluster; empty: it may. */
  static Optional<String> ofStructure(Turn turn, ResourceKey key) {
    return unmanaged(turn, key.stack())
        .or(() -> pauses(turn).ofStructure(key, List.of()).map(Pauses::sentence));
  }

  /** Why a target group's targets, gates and binding object stand still. */
  static Optional<String> ofTargets(Turn turn, ResourceKey group) {
    return unmanaged(turn, group.stack())
        .or(() -> pauses(turn).ofTargets(group).map(Pauses::sentence));
  }

  /** Why nothing is written to the objects of a stack's members. */
  static Optional<String> ofMembers(Turn turn, StackId stack) {
    return unmanaged(turn, stack).or(() -> pauses(turn).ofMembers(stack).map(Pauses::sentence));
  }

  /** All pauses of the scope. */
  static List<PauseRow> paused(Turn turn) {
    return turn.scan(Table.PAUSES, "").stream().map(Entry::row).toList();
  }

  private static Pauses pauses(Turn turn) {
    return new Pauses(paused(turn));
  }

  private static Optional<String> unmanaged(Turn turn, StackId stack) {
    var mode = turn.get(Table.CLUSTERS, stack.cluster()).map(ClusterRow::mode);
    return stack.kind() == StackKind.NAME || mode.filter(m -> m == ClusterMode.MANAGE).isPresent()
        ? Optional.empty()
        : Optional.of(
            "cluster "
                + stack.cluster()
                + " is in "
                + mode.map(m -> m.name().toLowerCase(Locale.ROOT)).orElse("nobody's hands")
                + ": planned and shown, never written");
  }
}
