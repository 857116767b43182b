package dev.penstock.streams.fold;

import dev.penstock.plan.dns.NamePlan;
import dev.penstock.plan.dns.TxtRegistry;
import dev.penstock.schemas.aws.Aspect;
import dev.penstock.schemas.aws.Live;
import dev.penstock.schemas.aws.RecordNameSpec;
import dev.penstock.schemas.aws.RecordSet;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ScanRow;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.turn.Lookups;
import dev.penstock.streams.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Record sets of hosted zones, one row for each name. A whole zone proves what is missing. */
public final class ZoneRecords {
  private ZoneRecords() {}

  /** The resource that holds everything of one name. */
  public static ResourceKey key(String zoneId, String name) {
    return NamePlan.key(zoneId, name);
  }

  /** The scan row of a zone. */
  public static String scanKey(String zoneId) {
    return "zone|" + zoneId;
  }

  static void seen(
      Turn turn, String zoneId, Optional<String> name, List<RecordSet> sets, Horizon horizon) {
    if (name.isPresent()) {
      one(turn, zoneId, name.get(), withKept(turn, zoneId, name.get(), sets), horizon);
      return;
    }
    var registry = new TxtRegistry(turn.settings().dns());
    var byName = new TreeMap<String, List<RecordSet>>();
    for (var set : sets) {
      group(byName, set.name(), set);
      registry
          .mark(set)
          .map(TxtRegistry.Mark::name)
          .filter(owned -> !owned.equals(set.name()))
          .ifPresent(owned -> group(byName, owned, set));
    }
    byName.forEach((n, found) -> one(turn, zoneId, n, found, horizon));
    whole(turn, zoneId, byName, horizon);
  }

  private static void group(TreeMap<String, List<RecordSet>> byName, String name, RecordSet set) {
    byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(set);
  }

  /** A read of one name says nothing of the ownership records, which stand beside it. */
  private static List<RecordSet> withKept(
      Turn turn, String zoneId, String name, List<RecordSet> sets) {
    var all = new ArrayList<>(sets);
    turn.get(Table.OBSERVED, key(zoneId, name).toString())
        .flatMap(Observed::live)
        .ifPresent(live -> {
          if (live instanceof Live.LiveRecordName known) {
            known.spec().recordSets().stream()
                .filter(set -> !set.name().equals(name))
                .forEach(all::add);
          }
        });
    return all;
  }

  private static void one(
      Turn turn, String zoneId, String name, List<RecordSet> sets, Horizon horizon) {
    var key = key(zoneId, name);
    if (sets.isEmpty()) {
      Observations.missing(turn, key, horizon);
      return;
    }
    var live = new Live.LiveRecordName(key.id(), new RecordNameSpec(zoneId, name, sets));
    Observations.present(turn, key, live, List.of(Aspect.values()), horizon);
  }

  private static void whole(
      Turn turn, String zoneId, TreeMap<String, List<RecordSet>> byName, Horizon horizon) {
    var first = turn.get(Table.SCANS, scanKey(zoneId)).isEmpty();
    turn.put(Table.SCANS, scanKey(zoneId), new ScanRow(horizon.position(), horizon.at()));
    var prefix = "|" + StackKind.NAME.text() + "|" + zoneId + "/";
    for (var entry : turn.scan(Table.OBSERVED, prefix)) {
      Observed.live(entry.row())
          .filter(live -> live instanceof Live.LiveRecordName)
          .map(live -> (Live.LiveRecordName) live)
          .filter(live -> !byName.containsKey(live.spec().name()))
          .ifPresent(live -> Observations.missing(turn, key(zoneId, live.spec().name()), horizon));
    }
    Lookups.touched(turn, Lookups.inventory(scanKey(zoneId)), "the records of " + zoneId);
    if (first) {
      Pages.claims(turn, "the records of a zone are known");
    }
  }
}
