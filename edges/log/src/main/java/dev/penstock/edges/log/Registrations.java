package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterRegistration;
import dev.penstock.schemas.settings.RegistryEntry;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;
import dev.penstock.schemas.settings.RegistryEntry.ScopeEntry;
import dev.penstock.schemas.settings.RegistryEntry.SnapshotWanted;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What penstock.registry said at one moment: the scopes with their partitions and the clusters, by
 * key. A scope's partition is what its registration says, never computed.
 */
public record Registrations(SortedMap<String, RegistryEntry> entries) {
  public static final Registrations NONE = new Registrations(new TreeMap<>());

  public Registrations {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** The key of an entry in penstock.registry. */
  public static String key(RegistryEntry entry) {
    return switch (entry) {
      case ScopeEntry(var scope, _) -> key(scope);
      case ClusterEntry(var registration, _) -> "cluster/" + registration.cluster();
      case SnapshotWanted(var cluster, _) -> snapshot(cluster);
    };
  }

  private static String snapshot(String cluster) {
    return "snapshot/" + cluster;
  }

  static String key(Scope scope) {
    return "scope/" + scope;
  }

  public Optional<Integer> partition(Scope scope) {
    return entries.get(key(scope)) instanceof ScopeEntry(_, var partition)
        ? Optional.of(partition)
        : Optional.empty();
  }

  int require(Scope scope) throws LogFailed {
    return partition(scope)
        .orElseThrow(
            () -> new LogFailed(Fault.UNKNOWN_SCOPE, "scope " + scope + " is not registered"));
  }

  /** The scopes that the partition owns, sorted. */
  public List<Scope> scopes(int partition) {
    return scopeEntries()
        .filter(e -> e.partition() == partition)
        .map(ScopeEntry::scope)
        .sorted()
        .toList();
  }

  /** Every scope, sorted. */
  public List<Scope> scopes() {
    return scopeEntries().map(ScopeEntry::scope).sorted().toList();
  }

  /** Every cluster, sorted by name. */
  public List<ClusterEntry> clusters() {
    return entries.values().stream()
        .filter(ClusterEntry.class::isInstance)
        .map(ClusterEntry.class::cast)
        .toList();
  }

  public Optional<ClusterRegistration> cluster(String name) {
    return entries.get("cluster/" + name) instanceof ClusterEntry(var registration, _)
        ? Optional.of(registration)
        : Optional.empty();
  }

  /** Another answer than before: the cluster's watcher shall begin a new tenure. */
  public long snapshotWanted(String cluster) {
    return entries.get(snapshot(cluster)) instanceof SnapshotWanted(_, var seq) ? seq : 0;
  }

  /** Where a new scope goes: the partition with the fewest scopes, the lowest of these. */
  int vacancy(int partitions) {
    int[] load = new int[partitions];
    scopeEntries().filter(e -> e.partition() < partitions).forEach(e -> load[e.partition()]++);
    return IntStream.range(0, partitions).reduce((a, b) -> load[b] < load[a] ? b : a).orElseThrow();
  }

  Registrations with(String key, RegistryEntry entry) {
    var next = new TreeMap<>(entries);
    next.put(key, entry);
    return new Registrations(next);
  }

  Registrations without(String key) {
    var next = new TreeMap<>(entries);
    next.remove(key);
    return new Registrations(next);
  }

  private Stream<ScopeEntry> scopeEntries() {
    return entries.values().stream()
        .filter(ScopeEntry.class::isInstance)
        .map(ScopeEntry.class::cast);
  }
}
