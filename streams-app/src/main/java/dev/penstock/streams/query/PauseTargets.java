package dev.penstock.streams.query;

import dev.penstock.edges.log.Registrations;
import dev.penstock.schemas.event.PauseKind;
import dev.penstock.schemas.event.PersonFact.PauseTarget;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.key.StackId;
import dev.penstock.streams.query.PausePlaces.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a person means by a kind and a name: the part of the world by its full name, and the scopes
 * that must stand still for it, the DNS scopes of its cluster included. What is unknown, or could
 * be several, is refused with what there is.
 */
final class PauseTargets {
  private final PausePlaces fleet;
  private final Registrations registrations;

  PauseTargets(PausePlaces fleet, Registrations registrations) {
    this.fleet = fleet;
    this.registrations = registrations;
  }

  /** The first scope is where the thing itself is. */
  record Found(PauseTarget target, List<Scope> scopes) {}

  Found find(PauseWish wish) throws RefusedException {
    var named = new TreeMap<String, SequencedSet<Scope>>();
    for (var place : named(wish)) {
      var scopes = named.computeIfAbsent(place.name(), _ -> new LinkedHashSet<>());
      scopes.addAll(wish.begin() ? scopes(wish.kind(), place) : paused(place.name()));
    }
    if (!wish.begin()) {
      fleet.paused().stream()
          .filter(place -> place.name().equals(wish.name()))
          .forEach(place -> named.put(place.name(), paused(place.name())));
      named.values().removeIf(SequencedSet::isEmpty);
    }
    if (named.isEmpty()) {
      throw new RefusedException(404, nothing(wish));
    }
    if (named.size() > 1) {
      throw new RefusedException(409, wish + " could be any of " + named.keySet());
    }
    var only = named.firstEntry();
    return new Found(new PauseTarget(wish.kind(), only.getKey()), List.copyOf(only.getValue()));
  }

  private String nothing(PauseWish wish) {
    if (!wish.begin()) {
      var paused = new TreeSet<>(fleet.paused().stream().map(Place::name).toList());
      return wish + " is not paused; paused are " + paused;
    }
    return "there is no %s; of this kind there are %s".formatted(wish, known(wish.kind()));
  }

  private List<String> known(PauseKind kind) {
    return switch (kind) {
      case SCOPE -> registrations.scopes().stream().map(Scope::toString).toList();
      case CLUSTER ->
          registrations.clusters().stream().map(e -> e.registration().cluster()).toList();
      case STACK, TARGET_GROUP, NAME -> fleet.known();
    };
  }

  private List<Place> named(PauseWish wish) {
    return switch (wish.kind()) {
      case SCOPE ->
          registrations.scopes().stream()
              .filter(scope -> scope.toString().equals(wish.name()))
              .map(scope -> new Place(wish.name(), wish.name()))
              .toList();
      case CLUSTER ->
          registrations
              .cluster(wish.name())
              .map(cluster -> new Place(wish.name(), cluster.home().toString()))
              .stream()
              .toList();
      case STACK, TARGET_GROUP, NAME -> fleet.places();
    };
  }

  /** A stack's host names stand still with it. */
  private List<Scope> scopes(PauseKind kind, Place place) {
    var own = Scope.parse(place.scope());
    return switch (kind) {
      case SCOPE, TARGET_GROUP, NAME -> List.of(own);
      case CLUSTER -> withNames(own, place.name());
      case STACK -> withNames(own, StackId.parse(place.name()).cluster());
    };
  }

  private List<Scope> withNames(Scope own, String cluster) {
    var scopes = new LinkedHashSet<>(List.of(own));
    registrations.cluster(cluster).ifPresent(c -> scopes.addAll(c.dnsScopes()));
    return List.copyOf(scopes);
  }

  private SequencedSet<Scope> paused(String name) {
    var scopes = new LinkedHashSet<Scope>();
    fleet.paused().stream()
        .filter(place -> place.name().equals(name))
        .forEach(place -> scopes.add(Scope.parse(place.scope())));
    return scopes;
  }
}
