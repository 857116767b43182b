package dev.penstock.streams.turn;

import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clusters are called in the tags of AWS. Whoever has a name now outranks those that had it
 * before: a cluster that was renamed may have left its name to another one.
 */
public final class ClusterNames {
  private ClusterNames() {}

  /** The cluster that is meant by a name in a tag. */
  public static Optional<String> cluster(Turn turn, String name) {
    var rows = rows(turn);
    return rows.stream()
        .filter(row -> !name.isEmpty() && row.registration().lbcName().equals(name))
        .findFirst()
        .or(() ->
            rows.stream().filter(row -> row.formerNamesBeside(rows).contains(name)).findFirst())
        .map(row -> row.registration().cluster());
  }

  /** The clusters of which all names are among these. */
  public static List<String> covered(Turn turn, List<String> names) {
    return rows(turn).stream()
        .map(row -> row.registration().cluster())
        .filter(cluster -> names.containsAll(all(turn, cluster)))
        .toList();
  }

  /** The names that the cluster had before, but those that another one has now. */
  public static List<String> former(Turn turn, String cluster) {
    return turn.get(Table.CLUSTERS, cluster)
        .map(row -> row.formerNamesBeside(rows(turn)))
        .orElse(List.of());
  }

  /** Every name that may mean the cluster, the present one first. */
  public static List<String> all(Turn turn, String cluster) {
    var names = new ArrayList<String>();
    turn.get(Table.CLUSTERS, cluster).ifPresent(row -> names.add(row.registration().lbcName()));
    names.addAll(former(turn, cluster));
    return names;
  }

  private static List<ClusterRow> rows(Turn turn) {
    return turn.scan(Table.CLUSTERS, "").stream().map(Entry::row).toList();
  }
}
