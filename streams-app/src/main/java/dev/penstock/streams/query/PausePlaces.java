package dev.penstock.streams.query;

import dev.penstock.edges.log.RecordKeys;
import dev.penstock.plan.dns.Zones;
import dev.penstock.schemas.aws.TargetGroupSpec;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.key.ResourceKey;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.schemas.key.StackKind;
import dev.penstock.schemas.table.ObservedRow.Present;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What one instance knows that a name may stand for, what there is of that kind, and what is paused
 * of it, each by its full name.
 */
record PausePlaces(List<Place> places, List<String> known, List<Place> paused) {
  private static final int MOST_KNOWN = 50;

  /** A part of the world by its full name. */
  record Place(String name, String scope) {}

  static PausePlaces of(Tables tables, PauseKind kind, String name) {
    var all = all(tables, kind);
    var paused =
        tables.scan(Table.PAUSES, "").stream()
            .filter(e -> e.row().kind() == kind)
            .map(e -> new Place(e.row().name(), RecordKeys.scope(e.key()).toString()))
            .toList();
    return new PausePlaces(
        all.stream().filter(place -> isCalled(tables, kind, place, name)).toList(),
        all.stream().map(Place::name).distinct().limit(MOST_KNOWN).toList(),
        paused);
  }

  /** Clusters and scopes are known from the registry. */
  private static List<Place> all(Tables tables, PauseKind kind) {
    return switch (kind) {
      case SCOPE, CLUSTER -> List.of();
      case STACK -> stacks(tables);
      case TARGET_GROUP ->
          tables.scan(Table.BINDINGS, "").stream()
              .map(e -> place(e.row().binding().targetGroup(), RecordKeys.scope(e.key())))
              .toList();
      case NAME ->
          tables.scan(Table.CLAIMS, "").stream()
              .map(e -> place(e.row().host(), e.row().owner()))
              .distinct()
              .toList();
    };
  }

  private static List<Place> stacks(Tables tables) {
    var stacks = new TreeMap<StackId, Scope>();
    tables
        .scan(Table.STACKS, "")
        .forEach(e -> stacks.put(e.row().stack(), RecordKeys.scope(e.key())));
    tables
        .scan(Table.BINDINGS, "")
        .forEach(
            e -> stacks.put(e.row().binding().targetGroup().stack(), RecordKeys.scope(e.key())));
    var places = new ArrayList<Place>();
    stacks.forEach((stack, scope) -> {
      if (stack.kind() != StackKind.NAME) {
        places.add(place(stack, scope));
      }
    });
    return places;
  }

  private static Place place(Object name, Scope scope) {
    return new Place(name.toString(), scope.toString());
  }

  /** Whether people call it so: by its key, its id, and what AWS calls it. */
  private static boolean isCalled(Tables tables, PauseKind kind, Place place, String name) {
    return place.name().equals(name)
        || switch (kind) {
          case SCOPE, CLUSTER -> false;
          case STACK -> StackId.parse(place.name()).id().equals(name);
          case TARGET_GROUP ->
              ResourceKey.parse(place.name()).id().equals(name) || isOf(tables, place, name);
          case NAME -> place.name().equals(host(name));
        };
  }

  private static boolean isOf(Tables tables, Place place, String name) {
    var key = place.scope() + "|" + place.name();
    return tables
            .get(Table.DESIRED, key)
            .filter(row -> row.spec() instanceof TargetGroupSpec spec && spec.name().equals(name))
            .isPresent()
        || tables
            .get(Table.OBSERVED, key)
            .filter(row -> row.presence() instanceof Present(var live) && live.id().equals(name))
            .isPresent();
  }

  /** A host name as claims spell it. */
  static String host(String name) {
    return Zones.undotted(name.toLowerCase(Locale.ROOT));
  }
}
