package dev.penstock.streams.fold;

import dev.penstock.plan.dns.NamePlan;
import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live.LiveRecordName;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.table.ObservedRow.Unknown;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Record sets of hosted zones, one row for each name. A whole zone proves what is missing. */
public final class ZoneRecords {
  static final String ZONES = "zone|";

  private static final Comparator<RecordSet> ORDER =
      Comparator.comparing(RecordSet::name)
          .thenComparing(RecordSet::type)
          .thenComparing(set -> set.setIdentifier().orElse(""));

  private ZoneRecords() {}

  /** The resource that holds everything of one name. */
  public static ResourceKey key(String zoneId, String name) {
    return NamePlan.key(zoneId, name);
  }

  /** The scan row of a zone. */
  public static String scanKey(String zoneId) {
    return ZONES + zoneId;
  }

  /**
   * All record sets of some names, and of those that are {@code asked} for and may have none. What
   * other names hold of these, their ownership records, gives way to what is seen. Names that
   * nobody can claim are left alone.
   */
  static void seen(
      Turn turn, String zoneId, List<RecordSet> seen, List<String> asked, Horizon horizon) {
    var sets = seen.stream().filter(set -> isNameable(set.name())).toList();
    var registry = new TxtRegistry(turn.settings().dns());
    var spoken = new TreeSet<>(asked.stream().filter(ZoneRecords::isNameable).toList());
    var byName = new TreeMap<String, List<RecordSet>>();
    spoken.forEach(name -> byName.put(name, new ArrayList<>()));
    for (var set : sets) {
      spoken.add(set.name());
      byName.computeIfAbsent(set.name(), _ -> new ArrayList<>()).add(set);
    }
    for (var name : List.copyOf(spoken)) {
      Shown.mark(turn, zoneId + "/" + name, horizon);
      registry
          .ownedName(name)
          .filter(of -> known(turn, zoneId, of).isPresent())
          .ifPresent(of -> byName.putIfAbsent(of, new ArrayList<>()));
    }
    for (var set : sets) {
      registry
          .mark(set)
          .map(TxtRegistry.Mark::name)
          .filter(of -> !of.equals(set.name()))
          .ifPresent(of -> byName.computeIfAbsent(of, _ -> new ArrayList<>()).add(set));
    }
    byName.forEach((name, found) -> {
      var all = new ArrayList<>(found);
      known(turn, zoneId, name).stream()
          .flatMap(live -> live.spec().recordSets().stream())
          .filter(set -> !spoken.contains(set.name()))
          .forEach(all::add);
      one(turn, zoneId, name, all, horizon);
    });
  }

  /** The parts of keys are split at bars; Route 53 allows them in names. */
  private static boolean isNameable(String name) {
    return name.indexOf('|') < 0;
  }

  private static Optional<LiveRecordName> known(Turn turn, String zoneId, String name) {
    return turn.get(Table.OBSERVED, key(zoneId, name).toString())
        .flatMap(Observed::live)
        .flatMap(
            live -> live instanceof LiveRecordName known ? Optional.of(known) : Optional.empty());
  }

  private static void one(
      Turn turn, String zoneId, String name, List<RecordSet> sets, Horizon horizon) {
    var key = key(zoneId, name);
    if (sets.isEmpty()) {
      Observations.missing(turn, key, horizon);
      return;
    }
    var ordered = sets.stream().sorted(ORDER).toList();
    var live = new LiveRecordName(key.id(), new RecordNameSpec(zoneId, name, ordered));
    Observations.present(turn, key, live, List.of(Aspect.values()), horizon);
  }

  /** The zone was read to its end: what was not seen is not there. */
  static void whole(Turn turn, String zoneId, Horizon horizon) {
    var first = turn.get(Table.SCANS, scanKey(zoneId)).isEmpty();
    turn.put(Table.SCANS, scanKey(zoneId), new ScanRow(horizon.position(), horizon.at()));
    Pages.absent(turn, scanKey(zoneId));
    Lookups.touched(turn, Lookups.inventory(scanKey(zoneId)), "the records of " + zoneId);
    if (first) {
      Pages.claims(turn, "the records of a zone are known");
    }
  }

  /** The last whole read of the zone may have shown less of the name than is known. */
  static void absent(Turn turn, String zoneId, ResourceKey key) {
    var end = turn.get(Table.SCANS, scanKey(zoneId)).map(Shown::end);
    var row = turn.get(Table.OBSERVED, key.toString());
    if (end.isEmpty() || row.isEmpty()) {
      return;
    }
    if (row.get().presence() instanceof Unknown) {
      Observations.missing(turn, key, end.get());
      return;
    }
    if (!(Observed.live(row.get()).orElse(null) instanceof LiveRecordName known)) {
      return;
    }
    var registry = new TxtRegistry(turn.settings().dns());
    var name = known.spec().name();
    var left = new ArrayList<RecordSet>();
    for (var set : known.spec().recordSets()) {
      var seen = Shown.by(turn, zoneId + "/" + set.name(), end.get());
      if (seen
          && (set.name().equals(name)
              || registry.ownedName(set.name()).equals(Optional.of(name)))) {
        left.add(set);
      } else if (!seen) {
        Shown.forget(turn, zoneId + "/" + set.name());
      }
    }
    if (left.size() < known.spec().recordSets().size()) {
      one(turn, zoneId, name, left, end.get());
    }
  }
}
