package dev.penstock.streams.fold;

import dev.penstock.schemas.event.ClusterFact.SnapshotCompleted;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.settings.RegistryEntry.SnapshotWanted;
import dev.penstock.schemas.table.ClusterRow;
import dev.penstock.schemas.table.ObjectRow;
import dev.penstock.schemas.table.TenureRow;
import dev.penstock.schemas.table.TimerRow.TimerKind;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Timers;
import dev.penstock.streams.turn.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The end of a list: what this tenure did not confirm is gone, if as many objects arrived as were
 * published. If not, none of that kind is removed, a cluster whose first snapshot it is stays
 * unknown (I2), and a new snapshot is asked for. Our own writes to objects disturb no count.
 */
public final class Snapshots {
  /** The subject of the timer that asks for a new snapshot of a cluster. */
  public static final String WANTED = "snapshot|";

  /** Before a cluster, a kind, and the tenure whose snapshot may have left objects out. */
  static final String OBJECTS = "objects|";

  /** A cluster is not asked more often than this for all its objects. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** The tenure of a wish after which no watcher has begun. */
  private static final String UNANSWERED = "";

  private static final String WRITTEN = "written under ";

  private Snapshots() {}

  /** A watcher begins: what we deleted before is not in its list, and what was wished is done. */
  static void begun(Turn turn, String cluster, String tenure) {
    wish(turn, cluster)
        .ifPresent(wish ->
            turn.put(
                Table.TENURES,
                WANTED + cluster,
                new TenureRow(tenure, wish.position(), wish.since())));
    for (var gone : Lookups.indexed(turn, deleted(cluster))) {
      Lookups.index(turn, deleted(cluster), gone, false);
    }
  }

  static void completed(Turn turn, SnapshotCompleted fact) {
    var speaking = Tenures.heard(turn, fact.cluster(), fact.tenure());
    if (speaking.isEmpty()) {
      return;
    }
    var agreed = true;
    var unlisted = new TreeSet<>(fact.unlisted().keySet());
    // A kind that only a newer watcher knows has no rows here.
    for (var kind : ObjectKind.values()) {
      var published = fact.counts().get(kind.text());
      if (published == null) {
        unlisted.add(kind.text());
      } else {
        agreed &= kind(turn, fact, speaking.get(), kind, published);
      }
    }
    if (!agreed) {
      want(turn, fact.cluster());
    }
    keep(turn, speaking.get(), agreed, List.copyOf(unlisted));
  }

  private static void keep(Turn turn, ClusterRow row, boolean agreed, List<String> unlisted) {
    var after = row.snapshotTaken(row.snapshotComplete() || agreed, unlisted);
    var cluster = row.registration().cluster();
    turn.put(Table.CLUSTERS, cluster, after);
    if (!after.equals(row)) {
      Refreshes.cluster(turn, cluster, "a snapshot of the cluster is complete");
    }
  }

  /** False: fewer or more objects arrived than were published. */
  private static boolean kind(
      Turn turn, SnapshotCompleted fact, ClusterRow row, ObjectKind kind, int published) {
    var confirmed =
        row.confirmed().getOrDefault(kind.text(), 0) + deletedOf(turn, fact.cluster(), kind);
    if (confirmed != published) {
      turn.alarm(
          fact.cluster() + "|" + kind.text(),
          "a snapshot says " + published + " objects, " + confirmed + " arrived: none is removed");
      return false;
    }
    Pages.absent(turn, OBJECTS + fact.cluster() + "|" + kind.text() + "|" + fact.tenure());
    return true;
  }

  /** One more object, or one less, is known that the speaking watcher has shown. */
  static void counted(Turn turn, ObjectKey key, ObjectRow object, int more) {
    Tenures.speaking(turn, key.cluster(), object.tenure())
        .ifPresent(row ->
            turn.put(Table.CLUSTERS, key.cluster(), row.withConfirmed(key.kind().text(), more)));
  }

  /**
   * The snapshot of that tenure may have left the object out; it counts while nobody else speaks.
   */
  static void absent(Turn turn, String tenure, ObjectKey key) {
    if (Tenures.speaking(turn, key.cluster(), tenure).isPresent()) {
      turn.get(Table.OBJECTS, key.toString())
          .filter(row -> !row.tenure().equals(tenure) && !row.tenure().equals(written(tenure)))
          .ifPresent(row -> Objects.remove(turn, key, row, false));
    }
  }

  private static int deletedOf(Turn turn, String cluster, ObjectKind kind) {
    return (int)
        Lookups.indexed(turn, deleted(cluster)).stream().filter(k -> k.kind() == kind).count();
  }

  /**
   * The tenure of an object that we made while this one spoke: no watcher has shown it, and a list
   * that began before need not show it.
   */
  static String written(String tenure) {
    return WRITTEN + tenure;
  }

  /** We deleted an object that the speaking watcher had counted. */
  static void deletedByUs(Turn turn, ObjectKey key, ObjectRow row) {
    if (Tenures.speaking(turn, key.cluster(), row.tenure()).isPresent()) {
      Lookups.index(turn, deleted(key.cluster()), key, true);
    }
  }

  /** The watcher has shown what became of an object that we deleted. */
  static void shown(Turn turn, ObjectKey key) {
    Lookups.index(turn, deleted(key.cluster()), key, false);
  }

  private static String deleted(String cluster) {
    return "deleted-in " + cluster;
  }

  /** The cluster's watcher shall list again, as soon as the last wish is old enough. */
  static void want(Turn turn, String cluster) {
    var last = wish(turn, cluster).map(row -> row.since().plus(PAUSE));
    var due = last.filter(turn.now()::isBefore).orElse(turn.now());
    Timers.setBy(turn, TimerKind.RETRY, WANTED + cluster, due);
  }

  /** A watcher speaks that was superseded: one that starts now is the right one. */
  static void contested(Turn turn, String cluster) {
    if (wish(turn, cluster).filter(row -> row.tenure().equals(UNANSWERED)).isEmpty()) {
      want(turn, cluster);
    }
  }

  /** The last wish, under the tenure that began next. */
  private static Optional<TenureRow> wish(Turn turn, String cluster) {
    return turn.get(Table.TENURES, WANTED + cluster);
  }

  /** Tells the cluster's watcher. */
  public static void ask(Turn turn, String cluster) {
    turn.put(Table.TENURES, WANTED + cluster, new TenureRow(UNANSWERED, turn.seq(), turn.now()));
    turn.registry(new SnapshotWanted(cluster, turn.seq()));
  }
}
