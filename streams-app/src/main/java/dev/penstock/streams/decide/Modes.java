package dev.penstock.streams.decide;

import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.PauseRow;
import dev.penstock.streams.tables.Table;
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

  /** The cluster, if conclusions may be drawn from what is known of it. */
  static Optional<ClusterRow> concluding(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster)
        .filter(row -> row.snapshotComplete() && !row.swapped())
        .filter(row -> row.unlistedKinds().stream().noneMatch(NEEDED::contains));
  }

  /** Why no write may be made for a resource; empty: it may. */
  static Optional<String> standstill(Turn turn, ResourceKey key, boolean targets) {
    if (key.stack().kind() != StackKind.NAME) {
      var mode = turn.get(Table.CLUSTERS, key.stack().cluster()).map(ClusterRow::mode);
      if (mode.filter(m -> m == ClusterMode.MANAGE).isEmpty()) {
        return Optional.of(
            "cluster "
                + key.stack().cluster()
                + " is in "
                + mode.map(m -> m.name().toLowerCase(Locale.ROOT)).orElse("nobody's hands")
                + ": planned and shown, never written");
      }
    }
    return pauses(turn, key).stream()
        .flatMap(name -> turn.get(Table.PAUSES, name).stream())
        .filter(row -> row.all() || !targets)
        .map(Modes::sentence)
        .findFirst();
  }

  private static List<String> pauses(Turn turn, ResourceKey key) {
    var name = key.id().substring(key.id().indexOf('/') + 1);
    var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return List.of(
        "scope|" + turn.scope(),
        "cluster|" + key.stack().cluster(),
        "stack|" + key.stack().id(),
        "target-group|" + key.id(),
        "name|" + bare);
  }

  private static String sentence(PauseRow row) {
    return row.kind() + " " + row.name() + " was paused by " + row.subject();
  }
}
