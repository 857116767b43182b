package dev.penstock.streams.fold;

import dev.penstock.plan.shared.SharedPlan;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ClaimRow;
import dev.penstock.schemas.table.DirtyRow;
import dev.penstock.schemas.table.ReferenceRow;
import dev.penstock.schemas.table.Row;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables.Entry;
import dev.penstock.streams.turn.Defects;
import dev.penstock.streams.turn.Dirt;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Reason;
import dev.penstock.streams.turn.Turn;
import java.util.List;

/**
 * Much that becomes dirty or turns out to be gone at once, taken a page a record. What changes
 * meanwhile is marked by its own change, so that a row is read once and in no particular version.
 */
public final class Pages {
  /** Stands for what no cluster has: claims, and stacks of clusters that are gone. */
  static final String SCOPE = "";

  /** Stands for every claim; no cluster has such a name. */
  private static final String CLAIMS = "|claims";

  /** Before the name of a scan: what it left out. */
  private static final String ABSENT = "|absent|";

  /** What the keys of all DNS names begin with. */
  private static final String NAMES = "|" + StackKind.NAME.text() + "|";

  private static final int PAGE = 256;

  private final Turn turn;
  private int room = PAGE;

  private Pages(Turn turn) {
    this.turn = turn;
  }

  /** Marks the rows of a table that begin so. */
  private record Pass<R extends Row>(Table<R> table, String prefix, Marker<R> marker) {
    private List<Entry<R>> page(Turn turn, String after, Reason reason, int limit) {
      var rows = turn.before(table, prefix, after, limit);
      rows.forEach(
          entry -> Defects.guarded(turn, entry.key(), () -> marker.mark(turn, entry, reason)));
      return rows;
    }
  }

  @FunctionalInterface
  private interface Marker<R extends Row> {
    void mark(Turn turn, Entry<R> entry, Reason reason);
  }

  /** Marks everything of a cluster, or of the scope, from the beginning. */
  static void begin(Turn turn, String cluster, Reason reason) {
    Dirt.pages(turn, cluster, "", reason);
  }

  /** Marks every host name that somebody claims. */
  static void claims(Turn turn, String sentence) {
    Dirt.pages(turn, CLAIMS, "", Reason.of(sentence));
  }

  /** Takes from what is known what a read that came to its end has not shown. */
  static void absent(Turn turn, String scan) {
    Dirt.pages(turn, ABSENT + scan, "", Reason.of(scan));
  }

  /** Marks what fits into one record; false when nothing remains. */
  public static boolean proceed(Turn turn) {
    var pages = new Pages(turn);
    return turn.scan(Table.DIRTY, Dirt.PAGE).stream()
        .anyMatch(e -> pages.remains(e.key(), e.row()));
  }

  private boolean remains(String key, DirtyRow row) {
    var passes = passes(key.substring(Dirt.PAGE.length()));
    var bar = row.subject().indexOf('|');
    var number = Integer.parseInt(row.subject().substring(0, bar));
    var after = row.subject().substring(bar + 1);
    for (; number < passes.size(); number++) {
      var rows = passes.get(number).page(turn, after, Reason.of(row), room);
      room -= rows.size();
      after = rows.isEmpty() ? after : rows.getLast().key();
      if (room == 0) {
        turn.put(Table.DIRTY, key, row.withSubject(number + "|" + after));
        return true;
      }
      after = "";
    }
    turn.delete(Table.DIRTY, key);
    return false;
  }

  private static List<Pass<?>> passes(String what) {
    if (what.startsWith(Lookups.READERS)) {
      // The second pass is for what changed while the first was underway.
      var pass =
          new Pass<>(
              Table.REFERENCES,
              what,
              (Turn t, Entry<ReferenceRow> e, Reason why) -> Lookups.mark(t, e.row(), why));
      return List.of(pass, pass);
    }
    if (what.startsWith(ABSENT)) {
      return List.of(absences(what.substring(ABSENT.length())));
    }
    if (what.equals(CLAIMS)) {
      return List.of(
          new Pass<>(Table.CLAIMS, "", (t, e, why) -> Dirt.name(t, e.row().host(), why)));
    }
    if (what.equals(SCOPE)) {
      return List.of(
          new Pass<>(Table.STACKS, "", (t, e, why) -> Dirt.stack(t, e.row().stack(), why)),
          new Pass<>(
              Table.CLAIMS, Claims.RECEIVED, (t, e, why) -> Dirt.name(t, e.row().host(), why)),
          new Pass<>(
              Table.DESIRED,
              NAMES,
              (t, e, why) -> Dirt.stack(t, ResourceKey.parse(e.key()).stack(), why)));
    }
    return List.of(
        new Pass<>(Table.OBJECTS, what + "|Ingress|", Pages::member),
        new Pass<>(Table.OBJECTS, what + "|TargetGroupBinding|", Pages::member),
        new Pass<>(
            Table.INTENTS,
            what + "|",
            (t, e, why) -> Dirt.member(t, e.row().current().member(), why)),
        new Pass<>(Table.STACKS, what + "|", (t, e, why) -> Dirt.stack(t, e.row().stack(), why)),
        new Pass<>(
            Table.BINDINGS,
            what + "|",
            (t, e, why) -> Dirt.targets(t, ResourceKey.parse(e.key()), why)),
        new Pass<>(Table.CLAIMS, Claims.RECEIVED, (t, e, why) -> claimed(t, what, e, why)),
        new Pass<>(Table.CLUSTERS, what, (t, e, why) -> shared(t, what, e, why)));
  }

  private static Pass<?> absences(String scan) {
    var of = scan.substring(scan.indexOf('|') + 1);
    if (scan.startsWith(Inventories.INTERFACES)) {
      return new Pass<>(
          Table.INVENTORY,
          Inventories.interfacesIn(of),
          (t, e, _) -> Inventories.absent(t, scan, e.key()));
    }
    if (scan.startsWith(Snapshots.OBJECTS)) {
      var prefix = of.substring(0, of.indexOf('|', of.indexOf('|') + 1) + 1);
      var tenure = of.substring(prefix.length());
      return new Pass<>(
          Table.OBJECTS,
          prefix,
          (t, e, _) -> Snapshots.absent(t, tenure, ObjectKey.parse(e.key())));
    }
    if (scan.startsWith(ZoneRecords.ZONES)) {
      return new Pass<>(
          Table.OBSERVED,
          NAMES + of + "/",
          (t, e, _) -> ZoneRecords.absent(t, of, ResourceKey.parse(e.key())));
    }
    return new Pass<>(
        Table.OBSERVED,
        of + "|",
        (t, e, _) -> Discoveries.absent(t, of, ResourceKey.parse(e.key())));
  }

  private static void claimed(Turn turn, String cluster, Entry<ClaimRow> entry, Reason reason) {
    if (entry.row().stack().cluster().equals(cluster)) {
      Dirt.name(turn, entry.row().host(), reason);
    }
  }

  /** What the stacks of the cluster share. */
  private static void shared(Turn turn, String cluster, Entry<? extends Row> entry, Reason reason) {
    if (entry.key().equals(cluster)) {
      Dirt.stack(turn, SharedPlan.stack(cluster), reason);
    }
  }

  private static void member(Turn turn, Entry<? extends Row> entry, Reason reason) {
    Dirt.member(turn, ObjectKey.parse(entry.key()), reason);
  }
}
